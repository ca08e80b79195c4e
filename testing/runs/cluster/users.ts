import { signIn } from "@/local/clickhouse/config";
import { SOURCE_TABLES } from "@/local/clickhouse/schema";
import { type Tree, xml } from "@/local/clickhouse/xml";

/** Has all rights on every server of the bench; servers also use it to sign in to each other. */
export const OWNER = { username: "owner", password: "of the bench" };

export const READER_PASSWORD = "of a reader";

/** A user as an operator creates it for Penstock: it can only read the source tables. */
export interface Reader {
  profile?: Tree;
  /** Constraints of its profile. */
  constraints?: Tree;
  /** Limits per hour. */
  quota?: Tree;
  /** Tables it may read; all by default. */
  tables?: readonly string[];
}

/** Databases readers may access: a server that is itself a shard reads its part as the reader. */
const DATABASES = ["default", "shard", "alone"];

const grantsOf = ({ tables = Object.keys(SOURCE_TABLES) }: Reader) =>
  DATABASES.flatMap((database) => tables.map((table) => `GRANT SELECT ON ${database}.${table}`));

const HOUR = 3600;

/** A server's users file: the owner, a user per reader, and the session that starts the listeners. */
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
