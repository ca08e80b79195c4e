import { randomUUID } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";
import type { List } from "@/lib/fields/common";
import type { ReceiptV2 } from "@/lib/fields/receipt";
import type { VerifyResult } from "@/lib/fields/verification";
import type { Connection, CreateConnectionInput } from "@/lib/schemas/connection";
import type { CreateExportInput, Export } from "@/lib/schemas/export";
import type { HistoricExport } from "@/lib/schemas/historic-export";
import type { Run } from "@/lib/schemas/run";
import type { Stack } from "./stack";

/** Prefix of all names that tests create, for finding and removing them. */
const MARK = "e2e";

export const unique = (what: string) => `${MARK} ${what} ${randomUUID().slice(0, 8)}`;

export type BucketConnection = Extract<CreateConnectionInput, { type: "s3" }>;

/** The API with the stack's key: prepares the surroundings of a test and cleans up. */
export class Api {
  constructor(
    private readonly request: APIRequestContext,
    private readonly stack: Stack,
  ) {}

  /** A connection to the stack's own bucket. */
  localConnection(): BucketConnection {
    const { endpoint, region, bucket, accessKeyId, secretAccessKey } = this.stack.s3;
    const config = {
      bucket,
      region,
      endpoint,
      forcePathStyle: true,
      auth: "keys" as const,
      accessKeyId,
      secretAccessKey,
    };
    return { type: "s3", name: unique("bucket"), config };
  }

  /** A verified connection to the stack's own bucket, or to another one of the stack's storage. */
  async createConnection(other: { endpoint?: string; bucket?: string } = {}): Promise<Connection> {
    const local = this.localConnection();
    const body = { ...local, config: { ...local.config, ...other } };
    const { id } = await this.call<Connection>("POST", this.inProject("connections"), body);
    const { ok, steps } = await this.call<VerifyResult>("POST", `/api/connections/${id}/verify`);
    if (!ok) throw new Error(`The stack's own bucket can't be verified: ${JSON.stringify(steps)}`);
    return this.call<Connection>("GET", `/api/connections/${id}`);
  }

  /** A paused hourly export with its own prefix; by default to the stack's own bucket. */
  async createExport(input: Partial<CreateExportInput> = {}): Promise<Export> {
    const connectionId = input.connectionId ?? (await this.createConnection()).id;
    const body: CreateExportInput = {
      name: unique("export"),
      connectionId,
      destination: { type: "s3", prefix: `${MARK}/${randomUUID()}/` },
      schedule: { every: "hour" },
      // An hour that ends during a test would add a run.
      paused: true,
      ...input,
    };
    return this.call<Export>("POST", this.inProject("exports"), body);
  }

  patchExport = (id: string, change: Partial<CreateExportInput>): Promise<Export> =>
    this.call<Export>("PATCH", `/api/exports/${id}`, change);

  deleteExport = (id: string): Promise<void> => this.call<void>("DELETE", `/api/exports/${id}`);

  runs(exportId: string): Promise<List<Run>> {
    return this.call<List<Run>>("GET", `/api/exports/${exportId}/runs`);
  }

  createHistoricExport(exportId: string, range: { start: string; end: string }): Promise<HistoricExport> {
    return this.call<HistoricExport>("POST", `/api/exports/${exportId}/historic-exports`, range);
  }

  retry = (runId: string): Promise<Run> => this.call<Run>("POST", `/api/runs/${runId}/retry`);

  receipt = (runId: string): Promise<ReceiptV2> => this.call<ReceiptV2>("GET", `/api/runs/${runId}/receipt`);

  /** Removes what the tests created; files in the bucket remain with their stack. */
  async clearUp(): Promise<void> {
    for (const kind of ["exports", "connections"]) {
      const { items } = await this.call<List<{ id: string; name: string }>>("GET", this.inProject(`${kind}?limit=200`));
      for (const { id, name } of items) if (name.startsWith(MARK)) await this.call("DELETE", `/api/${kind}/${id}`);
    }
  }

  private inProject = (path: string) => `/api/projects/${this.stack.projectId}/${path}`;

  private async call<T>(method: string, path: string, data?: unknown): Promise<T> {
    const headers = { authorization: `Bearer ${this.stack.apiKey}` };
    const answer = await this.request.fetch(new URL(path, this.stack.web).href, { method, headers, data });
    if (!answer.ok()) throw new Error(`${method} ${path} answered ${answer.status()}: ${await answer.text()}`);
    return (answer.status() === 204 ? undefined : await answer.json()) as T;
  }
}
