import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ClickHouseClient } from "@clickhouse/client";
import { serverConfig } from "@/local/clickhouse/config";
import { clickhouseLauncher } from "@/local/clickhouse/launcher";
import type { Tree } from "@/local/clickhouse/xml";
import { libraryPath, ping } from "@/local/parts/clickhouse";
import { untilReady } from "@/local/parts/until";
import { sourceClient } from "@/local/run/source-client";
import { startChild } from "@/server/process/child";
import { OWNER } from "./users";

/** Allows for loading the half-gigabyte library. */
const SECONDS = 120;

/** A ClickHouse of the bench. */
export interface ClusterServer {
  url: string;
  /** Has all rights in this database; the server closes it. */
  owner(database?: string): ClickHouseClient;
  /** Stops it. Throws if it had already exited. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  name: string;
  folder: string;
  httpPort: number;
  tcpPort: number;
  /** Clusters by name, as in the configuration. */
  clusters: Tree;
  /** The users file's contents. */
  users: string;
}

/** Starts a server with an HTTP and a TCP listener on loopback; it ends with this process. */
export async function startServer(options: ServerOptions): Promise<ClusterServer> {
  const { name, folder, httpPort } = options;
  const files = writeFiles(options);
  const child = await startChild({
    name,
    command: await clickhouseLauncher({ say: () => {}, wait: () => () => {} }),
    args: [libraryPath(), "-C", files.config, "--log-level", "warning", "--queries-file", files.start, "/dev/stdin"],
    env: { PATH: process.env.PATH, TZ: "UTC" },
    cwd: folder,
    log: join(folder, "server.log"),
    input: "held",
  });
  const url = `http://127.0.0.1:${httpPort}`;
  await untilReady(child, SECONDS, () => ping(url));
  const clients = new Map<string, ClickHouseClient>();
  const owner = (database = "default") => {
    const client = clients.get(database) ?? sourceClient({ url, database, ...OWNER });
    clients.set(database, client);
    return client;
  };
  let asked = false;
  const died = child.exited.then((exit) => (asked ? null : child.describe(exit)));
  const stop = async () => {
    for (const client of clients.values()) await client.close();
    const why = await Promise.race([died, Promise.resolve(null)]);
    asked = true;
    if (why) throw new Error(why);
    await child.stop();
  };
  return { url, owner, stop };
}

function writeFiles({ folder, httpPort, tcpPort, clusters, users }: ServerOptions) {
  const dataDir = join(folder, "tables");
  mkdirSync(dataDir, { recursive: true });
  const files = {
    config: join(folder, "config.xml"),
    users: join(folder, "users.xml"),
    start: join(folder, "start.sql"),
  };
  const more = { tcp_port: tcpPort, remote_servers: clusters };
  writeFileSync(files.users, users);
  writeFileSync(files.config, serverConfig({ port: httpPort, dataDir, usersFile: files.users, more }));
  writeFileSync(files.start, "SYSTEM START LISTEN HTTP;SYSTEM START LISTEN TCP\n");
  return files;
}
