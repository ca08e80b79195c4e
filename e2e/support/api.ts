import { randomUUID } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";
import type { List } from "@/lib/schemas/common";
import type { Connection, CreateConnectionInput } from "@/lib/schemas/connection";
import type { CreateExportInput, Export } from "@/lib/schemas/export";
import type { HistoricExport } from "@/lib/schemas/historic-export";
import type { Stack } from "./stack";

/** Names of all that the tests make begin so, and so it is found again to be removed. */
const MARK = "e2e";

export const unique = (what: string) => `${MARK} ${what} ${randomUUID().slice(0, 8)}`;

/** The API with the stack's key: prepares what a test is not about, and clears up after it. */
export class Api {
  constructor(
    private readonly request: APIRequestContext,
    private readonly stack: Stack,
  ) {}

  /** The connection to the stack's own bucket. */
  localConnection(): CreateConnectionInput {
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

  /** A paused hourly export to the stack's own bucket, under a prefix of its own. */
  async createExport(): Promise<Export> {
    const connection = await this.call<Connection>("POST", this.inProject("connections"), this.localConnection());
    const body: CreateExportInput = {
      name: unique("export"),
      connectionId: connection.id,
      destination: { type: "s3", prefix: `${MARK}/${randomUUID()}/` },
      schedule: { every: "hour" },
      // An hour that ends during a test would add a run of its own.
      paused: true,
    };
    return this.call<Export>("POST", this.inProject("exports"), body);
  }

  createHistoricExport(exportId: string, range: { start: string; end: string }): Promise<HistoricExport> {
    return this.call<HistoricExport>("POST", `/api/exports/${exportId}/historic-exports`, range);
  }

  /** Removes what the tests have made; the files in the bucket stay with their stack. */
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
