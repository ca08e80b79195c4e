import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import { type Child, startChild } from "@/server/process/child";
import { commandLine } from "@/server/process/processes";
import type { Part, PartOptions } from "./part";
import { initPostgres } from "./postgres-init";
import { postgresBinaries, postgresUser } from "./postgres-user";
import { untilReady } from "./until";

const NAME = "PostgreSQL";
const USER = "penstock";
const DATABASE = "penstock";

/** Starts the embedded PostgreSQL on loopback; creates its data folder and database on the first start. */
export async function startPostgres(options: PartOptions): Promise<Part<string>> {
  const { dataDir, port, keys } = options;
  const folder = join(dataDir, "postgres");
  const binaries = await postgresBinaries();
  const as = await postgresUser([binaries.postgres, folder]);
  await initPostgres({ folder, initdb: binaries.initdb, as, user: USER, password: keys.postgresPassword });
  await endLeftover(folder);
  const flags = [
    "-D",
    folder,
    "-p",
    String(port),
    "-c",
    "listen_addresses=127.0.0.1",
    "-c",
    "unix_socket_directories=",
  ];
  const run = as.wrap(binaries.postgres, flags);
  const child = await startChild({
    name: NAME,
    ...run,
    env: { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" },
    log: join(options.logDir, "postgres.log"),
    cwd: "/",
  });
  const url = `postgres://${USER}:${keys.postgresPassword}@127.0.0.1:${port}/${DATABASE}`;
  await makeDatabase(child, url);
  return {
    address: url,
    pid: child.pid,
    ended: child.exited.then(child.describe),
    // SIGINT is its fast shutdown: ends sessions, writes data.
    stop: () => child.stop("SIGINT"),
  };
}

async function makeDatabase(child: Child, url: string): Promise<void> {
  await untilReady(child, 60, async () => {
    const client = new Client({ connectionString: url.replace(/[^/]+$/, "postgres") });
    try {
      await client.connect();
      const found = await client.query("select 1 from pg_database where datname = $1", [DATABASE]);
      if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
    } finally {
      await client.end().catch(() => {});
    }
  });
}

/**
 * After an unclean shutdown, postmaster.pid names a process that is gone or a reused PID; PostgreSQL refuses to start
 * in the second case. A server still running on this folder has no owner, because the folder's lock shows that no other
 * start is alive. It is ended.
 */
async function endLeftover(folder: string): Promise<void> {
  const file = join(folder, "postmaster.pid");
  const pid = Number((await readFile(file, "utf8").catch(() => "")).split("\n")[0]);
  if (!pid) return;
  const deadline = Date.now() + 20_000;
  while (runsOn(pid, folder)) {
    if (Date.now() > deadline)
      throw new Error(`A PostgreSQL (process ${pid}) still runs on ${folder}. End it: kill ${pid}`);
    process.kill(pid, "SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await rm(file, { force: true });
}

function runsOn(pid: number, folder: string): boolean {
  const line = commandLine(pid);
  return line.includes("postgres") && line.includes(folder);
}
