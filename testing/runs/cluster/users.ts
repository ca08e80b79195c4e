import { signIn } from "@/local/clickhouse/config";
import { SOURCE_TABLES } from "@/local/clickhouse/schema";
import { type Tree, xml } from "@/local/clickhouse/xml";

/** Who may do everything on every server of the bench, and whom servers sign in as at each other. */
export const OWNER = { username: "owner", password: "of the bench" };

/** The password of every reader. */
export const READER_PASSWORD = "of a reader";

/** A user as an operator makes one for Penstock: reads the source tables and nothing else. */
export interface Reader {
  /** Settings of its profile. */
  profile?: Tree;
  /** What its profile refuses. */
  constraints?: Tree;
  /** Limits within an hour. */
  quota?: Tree;
  /** The tables that it may read; all of them unless given. */
  tables?: readonly string[];
}

/** The databases that readers may look into: a server that is a shard itself reads its part in the reader's name. */
const DATABASES = ["default", "shard", "alone"];

const grantsOf = ({ tables = Object.keys(SOURCE_TABLES) }: Reader) =>
  DATABASES.flatMap((database) => tables.map((table) => `GRANT SELECT ON ${database}.${table}`));

const HOUR = 3600;

/** A server's file of users: the owner, a user of each reader's name, and the session that starts the listeners. */
export function clusterUsers(readers: Record<string, Reader>): string {
  const each = Object.entries(readers);
  const profiles = each.map(([name, { profile, constraints }]) => [
    name,
    { readonly: 2, ...profile, ...(constraints && { constraints }) },
  ]);
  const quotas = each.map(([name, { quota }]) => [name, { interval: { duration: HOUR, ...quota } }]);
  const users = each.map(([name, reader]) => [
    name,
    { ...signIn({ password: READER_PASSWORD }), profile: name, quota: name, grants: { query: grantsOf(reader) } },
  ]);
  const clickhouse: Tree = {
    profiles: { default: {}, ...Object.fromEntries(profiles) },
    quotas: { default: { interval: { duration: HOUR } }, ...Object.fromEntries(quotas) },
    users: {
      default: {
        ...{ password: "", networks: { ip: "::1" }, profile: "default", quota: "default" },
        grants: { query: ["GRANT SYSTEM LISTEN ON *.*"] },
      },
      [OWNER.username]: { ...signIn(OWNER), profile: "default", quota: "default" },
      ...Object.fromEntries(users),
    },
  };
  return `${xml({ clickhouse })}\n`;
}
