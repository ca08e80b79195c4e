import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { loadKeys } from "@/local/parts/keys";
import type { Part, PartOptions } from "@/local/parts/part";
import { freePorts } from "@/local/parts/ports";
import { startPostgres } from "@/local/parts/postgres";
import { workingIn } from "@/server/process/processes";
import { until } from "./until";

/** A test's own PostgreSQL server, which may be killed. */
export class OwnPostgres {
  private constructor(
    private readonly root: string,
    private readonly options: PartOptions,
    private part: Part<string>,
  ) {}

  static async start(): Promise<OwnPostgres> {
    const { root, ...options } = await newPlace();
    return new OwnPostgres(root, options, await startPostgres(options));
  }

  /**
   * A standby of this server, in step with it by streaming replication, and open to reads. Restarts the server, whose
   * data is copied while it is down: the tests' PostgreSQL has no pg_basebackup.
   */
  async standby(): Promise<OwnPostgres> {
    await this.part.stop();
    const { root, ...place } = await newPlace();
    const options = { ...place, keys: this.options.keys };
    const folder = join(root, "postgres");
    execFileSync("cp", ["-a", join(this.root, "postgres"), folder]);
    await this.restart();
    const { host, port, username, password } = this.config;
    const primary = `host=${host} port=${port} user=${username} password=${password} sslmode=disable`;
    appendFileSync(join(folder, "postgresql.auto.conf"), `primary_conninfo = '${primary}'\n`);
    writeFileSync(join(folder, "standby.signal"), "");
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

  async connect(): Promise<Client> {
    const client = new Client({ connectionString: this.address });
    // The test kills the server.
    client.on("error", () => {});
    await client.connect();
    return client;
  }

  async ask<T extends object>(query: string): Promise<T[]> {
    const client = await this.connect();
    try {
      return (await client.query<T>(query)).rows;
    } finally {
      await client.end();
    }
  }

  /** Its data folder. */
  get folder(): string {
    return join(this.root, "postgres");
  }

  /** SIGKILL for the server alone. */
  async crash(): Promise<void> {
    process.kill(this.part.pid, "SIGKILL");
    await this.part.ended;
  }

  /** SIGKILL: nothing more is flushed. Resolves when the last of its processes has ended. */
  async kill(): Promise<void> {
    await this.crash();
    await until("every process of the server had ended", async () => workingIn(this.folder).length === 0);
  }

  /** As `pg_ctl stop -m immediate`: without a checkpoint, so that the next start recovers from the WAL. */
  async stopAtOnce(): Promise<void> {
    process.kill(this.part.pid, "SIGQUIT");
    await this.part.ended;
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

async function newPlace() {
  const root = mkdtempSync(join(tmpdir(), "penstock-postgres-"));
  const logDir = join(root, "logs");
  mkdirSync(logDir);
  const progress = { say: () => {}, wait: () => () => {} };
  const { postgres: port } = await freePorts();
  return { root, dataDir: root, logDir, port, keys: loadKeys(root), progress };
}
