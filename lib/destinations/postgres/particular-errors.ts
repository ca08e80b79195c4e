import type { DatabaseError } from "pg";
import type { About, Explain } from "./final-errors";
import { RETRY } from "./final-errors";
import { pooled } from "./pooler-errors";
import { quote } from "./sql";

/** Where PostgreSQL refuses an UPDATE or DELETE that a publication could not pass on. Source: execReplication.c. */
const REPLICA_IDENTITY = "CheckCmdReplicaIdentity";

/**
 * Explains errors whose SQLSTATE alone says too little: by the function that raised them, which no language changes, or
 * by a proxy's fixed sentence. Undefined for all others.
 */
export function particular({ code, routine, message }: DatabaseError, { table }: About): Explain | undefined {
  if (code === "55000" && routine === REPLICA_IDENTITY) return withoutIdentity(table ?? quoted(message));
  if (code === "XX000" && /tenant or user not found/i.test(message)) return unknownTenant;
  // PgBouncer gives most of its own refusals this one code.
  if (code === "08P01") return pooled(message);
  return undefined;
}

/** The table that a sentence names, in any language. */
const quoted = (message: string): string | null => /["«„“](.+?)["»“”]/.exec(message)?.[1] ?? null;

/** As with a publication FOR ALL TABLES, the default of Debezium. */
const withoutIdentity =
  (table: string | null): Explain =>
  ({ schema }) => ({
    code: "warehouse_refused",
    message: `A publication replicates ${table === null ? "the table" : `the table ${table}`}, which has no replica identity, so PostgreSQL can't delete its rows.`,
    fix: `ALTER TABLE ${table === null ? "…" : `${quote(schema)}.${quote(table)}`} REPLICA IDENTITY FULL, or leave the table out of the publication${RETRY}`,
  });

/** Source: Supabase's pooler, Supavisor. */
const unknownTenant: Explain = ({ username, host }) => ({
  code: "bad_credentials",
  message: `The pooler at ${host} doesn't know a project for the user ${username}.`,
  fix: `Enter the user that the service shows for its pooler, like postgres.project, and check that the project isn't paused and that the host and region are correct${RETRY}`,
});
