import { createHash } from "node:crypto";
import { totalmem } from "node:os";
import { GIB, MIB } from "@/lib/units";
import { SOURCE_TABLES } from "./schema";
import { type Tree, xml } from "./xml";

export interface ServerConfig {
  port: number;
  /** Folder of its tables. */
  dataDir: string;
  /** Path of the configuration of users, as `usersConfig` makes it. */
  usersFile: string;
  /** More of the configuration than a lone server needs. */
  more?: Tree;
}

interface Account {
  username: string;
  password: string;
}

/** Who may sign in: `owner` may do everything, `reader` has SELECT on the three source tables and nothing else. */
export interface Accounts {
  owner: Account;
  reader: Account;
}

/** At most half of the machine, so that a laptop stays usable; in bytes. */
const MEMORY = Math.min(6 * GIB, Math.floor(totalmem() / 2));
const QUERY_MEMORY = Math.min(4 * GIB, MEMORY);
const DECADE = 10 * 365 * 86_400;

const file = (clickhouse: Tree) => `${xml({ clickhouse })}\n`;

/** The server's configuration file. */
export const serverConfig = ({ port, dataDir, usersFile, more }: ServerConfig): string =>
  file({
    path: dataDir,
    users_config: usersFile,
    listen_host: "127.0.0.1",
    http_port: port,
    timezone: "UTC",
    logger: { console: true, level: "warning" },
    max_server_memory_usage: MEMORY,
    // Else it takes all that runs in the same container for its own memory.
    memory_worker_use_cgroup: 0,
    max_concurrent_queries: 100,
    mark_cache_size: 128 * MIB,
    index_mark_cache_size: 32 * MIB,
    uncompressed_cache_size: 0,
    // How long an idle connection is kept, in seconds: longer than the client keeps one, or it may send into a closed one.
    keep_alive_timeout: 30,
    ...more,
  });

/**
 * Users, profiles and quotas, as an operator would set them in production: Penstock's own user reads the source tables only,
 * within a quota and an execution time. The user `default` has no password, because the local session that starts the
 * listener signs in as it. Its one grant and its quota of one query are used up by that: nothing is left over HTTP.
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

/** How a user signs in: with a password, from this machine. */
export const signIn = ({ password }: Pick<Account, "password">): Tree => ({
  password_sha256_hex: createHash("sha256").update(password).digest("hex"),
  networks: { ip: "127.0.0.1" },
});
