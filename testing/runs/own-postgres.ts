import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { loadKeys } from "@/local/parts/keys";
import type { Part, PartOptions } from "@/local/parts/part";
import { freePorts } from "@/local/parts/ports";
import { startPostgres } from "@/local/parts/postgres";
import { until } from "./until";

/** A test's own PostgreSQL server, which may be killed. */
export class OwnPostgres {
  private constructor(
    private readonly root: string,
    private readonly options: PartOptions,
    private part: Part<string>,
  ) {}

  static async start(): Promise<OwnPostgres> {
    const root = mkdtempSync(join(tmpdir(), "penstock-postgres-"));
    const logDir = join(root, "logs");
    mkdirSync(logDir);
    const progress = { say: () => {}, wait: () => () => {} };
    const { postgres: port } = await freePorts();
    const options = { dataDir: root, logDir, port, keys: loadKeys(root), progress };
    return new OwnPostgres(root, options, await startPostgres(options));
  }

  get address(): string {
    return this.part.address;
  }

  /** Connection settings, secret included. */
  get config() {
    const { hostname, port, pathname, username, password } = new URL(this.address);
    const database = pathname.slice(1);
    return { host: hostname, port: Number(port), database, username, password, schema: "public", tls: "disable" };
  }

  async connect(address = this.address): Promise<Client> {
    const client = new Client({ connectionString: address });
    // The test kills the server.
    client.on("error", () => {});
    await client.connect();
    return client;
  }

  async ask<T extends object>(query: string, address = this.address): Promise<T[]> {
    const client = await this.connect(address);
    try {
      return (await client.query<T>(query)).rows;
    } finally {
      await client.end();
    }
  }

  /** SIGKILL: nothing more is flushed. Resolves when the last of its processes has ended. */
  async kill(): Promise<void> {
    process.kill(this.part.pid, "SIGKILL");
    await this.part.ended;
    await until("every process of the server had ended", async () => !isUsed(join(this.root, "postgres")));
  }

  /** Throws with the end of the server's log if it doesn't start. */
  async restart(): Promise<void> {
    this.part = await startPostgres(this.options);
  }

  async remove(): Promise<void> {
    await this.part.stop();
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Whether a process works in a folder, as all of PostgreSQL's do in its data folder. */
const isUsed = (folder: string): boolean =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => cwdOf(pid) === folder);

function cwdOf(pid: string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}
