import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { type Child, startChild } from "@/server/process/child";
import { commandLine, signal, workingIn } from "@/server/process/processes";
import { endWhile } from "./leftovers";
import type { Part, PartOptions } from "./part";
import { initPostgres } from "./postgres-init";
import { postgresBinaries, postgresUser } from "./postgres-user";
import { untilReady } from "./until";

const NAME = "PostgreSQL";
const USER = "penstock";
const DATABASE = "penstock";
/** How long the sessions of a killed server have to end by themselves. */
const SESSIONS_MS = 2000;

/** Starts the embedded PostgreSQL on loopback; creates its data folder and database on the first start. */
export async function startPostgres(options: PartOptions): Promise<Part<string>> {
  const { dataDir, port, keys } = options;
  const folder = join(dataDir, "postgres");
  const binaries = await postgresBinaries();
  const as = await postgresUser([binaries.postgres, folder]);
  await initPostgres({ folder, initdb: binaries.initdb, as, user: USER, password: keys.postgresPassword });
  await endServer(folder);
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
    ended: child.exited.then(child.explain),
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
 * start is alive. It is ended, and so are sessions that outlived their killed server: a new one would not start beside
 * them.
 */
async function endServer(folder: string): Promise<void> {
  const file = join(folder, "postmaster.pid");
  const pid = Number((await readFile(file, "utf8").catch(() => "")).split("\n")[0]);
  if (!pid) return;
  await endWhile(pid, (command) => command.includes("postgres") && command.includes(folder));
  await endSessions(folder);
  await rm(file, { force: true });
}

/** Waits for the sessions of a killed server to end by themselves, then kills them. Leaves a shell in the folder alone. */
async function endSessions(folder: string): Promise<void> {
  const sessions = () => workingIn(folder).filter((pid) => commandLine(pid).startsWith("postgres:"));
  const deadline = Date.now() + SESSIONS_MS;
  for (let pids = sessions(); pids.length > 0; pids = sessions()) {
    if (Date.now() > deadline) for (const pid of pids) signal(pid, "SIGKILL");
    await pause(100);
  }
}
