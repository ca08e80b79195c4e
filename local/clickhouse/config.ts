import { createHash } from "node:crypto";
import { totalmem } from "node:os";
import { GIB, MIB } from "@/lib/units";
import { SOURCE_TABLES } from "./schema";
import { type Tree, xml } from "./xml";

export interface ServerConfig {
  port: number;
  /** Folder for its tables. */
  dataDir: string;
  /** Path of the users' configuration from `usersConfig`. */
  usersFile: string;
  /** Configuration beyond a standalone server's. */
  more?: Tree;
}

interface Account {
  username: string;
  password: string;
}

/** Accounts: `owner` may do everything, `reader` can only SELECT from the three source tables. */
export interface Accounts {
  owner: Account;
  reader: Account;
}

/** At most half of the machine's memory, in bytes: a laptop stays usable. */
const MEMORY = Math.min(6 * GIB, Math.floor(totalmem() / 2));
const QUERY_MEMORY = Math.min(4 * GIB, MEMORY);
const DECADE = 10 * 365 * 86_400;

const file = (clickhouse: Tree) => `${xml({ clickhouse })}\n`;

export const serverConfig = ({ port, dataDir, usersFile, more }: ServerConfig): string =>
  file({
    path: dataDir,
    users_config: usersFile,
    listen_host: "127.0.0.1",
    http_port: port,
    timezone: "UTC",
    logger: { console: true, level: "warning" },
    max_server_memory_usage: MEMORY,
    // Otherwise it counts everything in the same container as its own memory.
    memory_worker_use_cgroup: 0,
    max_concurrent_queries: 100,
    mark_cache_size: 128 * MIB,
    index_mark_cache_size: 32 * MIB,
    uncompressed_cache_size: 0,
    // Idle connection timeout, in seconds: longer than the client's, which might otherwise use a closed connection.
    keep_alive_timeout: 30,
    ...more,
  });

/**
 * Users, profiles, and quotas as an operator would configure them in production: Penstock's own user only reads the
 * source tables, within a quota and an execution time. The user `default` has no password, because the local session
 * that starts the listener signs in as it. That uses up its one grant and its quota of one query: nothing is left over
 * HTTP.
 */
export const usersConfig = ({ owner, reader }: Accounts): string =>
  file({
    profiles: {
      default: { max_memory_usage: QUERY_MEMORY },
      reader: { max_memory_usage: QUERY_MEMORY, readonly: 2, max_execution_time: 3600 },
    },
    quotas: {
      default: { interval: { duration: 3600, queries: 0, errors: 0, read_rows: 0, execution_time: 0 } },
      reader: { interval: { duration: 3600, queries: 10_000_000, read_rows: 1_000_000_000_000 } },
      once: { interval: { duration: DECADE, queries: 1 } },
    },
    users: {
      default: {
        password: "",
        networks: { ip: "::1" },
        profile: "default",
        quota: "once",
        grants: { query: ["GRANT SYSTEM LISTEN ON *.*"] },
      },
      [owner.username]: { ...signIn(owner), profile: "default", quota: "default" },
      [reader.username]: {
        ...signIn(reader),
        profile: "reader",
        quota: "reader",
        grants: { query: Object.keys(SOURCE_TABLES).map((name) => `GRANT SELECT ON default.${name}`) },
      },
    },
  });

/** A user's login: by password, from this machine. */
export const signIn = ({ password }: Pick<Account, "password">): Tree => ({
  password_sha256_hex: createHash("sha256").update(password).digest("hex"),
  networks: { ip: "127.0.0.1" },
});
