import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runFiles, uploadParts, uploads } from "@/lib/db/schema";
import type { S3DestinationInput } from "@/lib/destinations/s3/settings";
import { MIB } from "@/lib/units";
import type { Window } from "@/lib/windows";
import { spawnWorker } from "@/testing/stack/spawn-worker";
import { storage } from "./bucket";
import { connect, makeExport, runWhen, startWindow } from "./exports";
import { S3Proxy } from "./faults/s3-proxy";
import type { TestProject } from "./project";
import { TcpProxy } from "./tcp-proxy";
import { until } from "./until";

/** The uploads of a run that the ledger has, each with the number of its parts. */
export const uploadsOf = async (runId: string) => {
  const rows = await getDb().select().from(uploads).where(eq(uploads.runId, runId));
  return Promise.all(
    rows.map(async (row) => ({ ...row, parts: await getDb().$count(uploadParts, eq(uploadParts.upload, row.id)) })),
  );
};

/** A file whose upload stalls, with a worker of its own to interrupt. */
export class Interrupted {
  readonly taskQueue = `test-${randomUUID()}`;
  runId = "";

  private constructor(
    private readonly project: TestProject,
    /** Where the bytes of the upload pass. */
    readonly line: TcpProxy,
    /** Counts the requests that arrive. */
    readonly s3: S3Proxy,
    readonly exportId: string,
  ) {}

  static async open(project: TestProject, destination: Partial<S3DestinationInput>): Promise<Interrupted> {
    const line = await TcpProxy.open(storage().endpoint);
    const s3 = await S3Proxy.open(line.endpoint);
    const { id: connectionId } = await connect(project, { endpoint: s3.endpoint });
    const { id } = await makeExport(project, { connectionId, destination });
    return new Interrupted(project, line, s3, id);
  }

  /** Parts that the storage took since counting began. */
  get sent(): number {
    return this.s3.recorded.filter(({ name, status }) => name === "UploadPart" && status === 200).length;
  }

  /** Starts a run, without a worker. */
  async start(window: Window): Promise<void> {
    this.runId = await startWindow(this.project, this.exportId, window, this.taskQueue);
  }

  /**
   * Lets a worker begin, or continue, the file until its upload stalls after some bytes and the ledger has more parts of
   * it, then ends the worker. With SIGTERM, it gets a second of grace. Returns how many parts the ledger has then.
   */
  async interrupt(signal: "SIGTERM" | "SIGKILL", mib = 20): Promise<number> {
    const [before, attempt] = [await this.#parts(), await this.#attempt()];
    this.line.holdAfter(mib * MIB);
    const worker = await spawnWorker({ TEMPORAL_TASK_QUEUE: this.taskQueue, WORKER_SHUTDOWN_GRACE_SECONDS: "1" });
    try {
      await until("another attempt was at the file", async () => (await this.#attempt()) > attempt, 200);
      const hasMore = async () => mib === 0 || (await this.#parts()) > before;
      await until("the upload stalled", async () => this.line.isFull && hasMore(), 60);
    } finally {
      await worker.stop(signal);
    }
    this.line.release();
    this.s3.restart();
    return this.#parts();
  }

  /** Completes the run by another worker. */
  async complete(seconds = 90) {
    this.line.release();
    const worker = await spawnWorker({ TEMPORAL_TASK_QUEUE: this.taskQueue });
    try {
      return await runWhen(this.project, this.runId, ({ state }) => state === "Completed", seconds);
    } finally {
      await worker.stop();
    }
  }

  /** The latest attempt that has begun the file. */
  async #attempt(): Promise<number> {
    const [file] = await getDb().select().from(runFiles).where(eq(runFiles.runId, this.runId));
    return file?.attempt ?? 0;
  }

  async #parts(): Promise<number> {
    const [upload] = await uploadsOf(this.runId);
    return upload?.parts ?? 0;
  }

  async close(): Promise<void> {
    await this.s3.close();
    this.line.cut();
  }
}
