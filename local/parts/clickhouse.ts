import { existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { startChild } from "@/server/process/child";
import { type Accounts, serverConfig, usersConfig } from "../clickhouse/config";
import { clickhouseLauncher } from "../clickhouse/launcher";
import { writePrivate } from "./keys";
import type { Part, PartOptions } from "./part";
import { NotReady, plainly, untilReady } from "./until";

export interface ClickHouseAddress {
  url: string;
  database: string;
  /** May create and fill tables. */
  username: string;
  password: string;
  /** The account that the product uses: only reads the source tables. Missing if the server is the user's own. */
  reader?: { username: string; password: string };
}

/** Time to load the half-gigabyte library and the tables. */
const SECONDS = 120;

/** Starts ClickHouse's own HTTP server on loopback. */
export async function startClickHouse(options: PartOptions): Promise<Part<ClickHouseAddress>> {
  const { port, dataDir, keys } = options;
  const owner = { username: "penstock", password: keys.clickhousePassword };
  const reader = { username: "penstock_reader", password: keys.clickhouseReaderPassword };
  const tables = join(dataDir, "clickhouse");
  const hadTables = existsSync(tables);
  mkdirSync(tables, { recursive: true });
  const files = writeConfig(join(dataDir, "clickhouse-config"), { port, tables, accounts: { owner, reader } });
  const child = await startChild({
    name: "ClickHouse",
    command: await clickhouseLauncher(options.progress),
    // The last queries come from standard input, which stays empty: the server runs until it closes.
    args: [libraryPath(), "-C", files.config, "--log-level", "warning", "--queries-file", files.start, "/dev/stdin"],
    env: { PATH: process.env.PATH, TZ: "UTC" },
    cwd: dataDir,
    log: join(options.logDir, "clickhouse.log"),
    input: "held",
  });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(child, SECONDS, () => ping(url)).catch((error: Error) => {
    throw hadTables
      ? new NotReady(`${error.message}\n${advice(tables)}`, `${plainly(error)}\n${advice(tables)}`)
      : error;
  });
  return {
    address: { url, database: "default", ...owner, reader },
    pid: child.pid,
    ended: child.exited.then(child.explain),
    stop: () => child.stop("SIGTERM"),
  };
}

interface Config {
  port: number;
  /** Folder for the tables. */
  tables: string;
  accounts: Accounts;
}

function writeConfig(folder: string, { port, tables, accounts }: Config) {
  const files = {
    config: join(folder, "config.xml"),
    users: join(folder, "users.xml"),
    start: join(folder, "start.sql"),
  };
  writePrivate(files.users, usersConfig(accounts));
  writePrivate(files.config, serverConfig({ port, dataDir: tables, usersFile: files.users }));
  writePrivate(files.start, "SYSTEM START LISTEN HTTP\n");
  return files;
}

/** The library that contains ClickHouse's server. */
export function libraryPath(): string {
  const { libchdbPath } = createRequire(import.meta.url)("chdb/libchdb") as { libchdbPath: () => string };
  return libchdbPath();
}

/** Throws if the server at this URL doesn't respond. */
export async function ping(url: string): Promise<void> {
  const answer = await fetch(`${url}/ping`, { signal: AbortSignal.timeout(5000) });
  if (!answer.ok) throw new Error(`it responds with ${answer.status}`);
}

const advice = (tables: string) =>
  `If its tables in ${tables} are damaged, move that folder away and start again. The sample data is generated again, and nothing ` +
  "else is lost.";
