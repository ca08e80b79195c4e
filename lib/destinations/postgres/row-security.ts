import type { Client } from "pg";
import type { WarehouseTable } from "../warehouse/tables";
import type { PostgresSettings } from "./schema";
import { quote } from "./sql";

/** What a policy is about, as `polcmd` of pg_policy names it: SELECT, INSERT, UPDATE, DELETE. */
type Command = "r" | "a" | "w" | "d";

/** An audit only counts. */
export const READS: readonly Command[] = ["r"];

/** What a commit does to a table's rows. Deleted persons are marked by an UPDATE. */
export const writesOf = (
  { mergeBy }: WarehouseTable,
  { commitMode, deletedPersons }: Pick<PostgresSettings, "commitMode" | "deletedPersons">,
): readonly Command[] =>
  mergeBy && commitMode === "replace" && deletedPersons === "mark" ? ["r", "a", "d", "w"] : ["r", "a", "d"];

/** Why row-level security may hide rows of a table from the user. */
export interface Hidden {
  user: string;
  /** Whether a restrictive policy does, which no other policy can undo. */
  isRestricted: boolean;
}

/**
 * A policy lets a command at all rows if its expressions are plainly `true`. Of the permissive policies that apply to
 * the user, one must; of the restrictive ones, all. Source: "Row Security Policies" in PostgreSQL's documentation.
 */
const HIDDEN = `WITH wanted AS (SELECT cmd FROM unnest($2::text[]) AS w (cmd)),
  policies AS (SELECT polcmd::text AS cmd, polpermissive AS permissive, pg_get_expr(polqual, polrelid) AS seen,
    coalesce(pg_get_expr(polwithcheck, polrelid), pg_get_expr(polqual, polrelid)) AS put
    FROM pg_policy WHERE polrelid = to_regclass($1) AND EXISTS (SELECT FROM unnest(polroles) AS r (role)
      WHERE CASE WHEN role = 0 THEN true ELSE pg_has_role(role, 'USAGE') END)),
  applied AS (SELECT w.cmd, permissive, (w.cmd = 'a' OR seen IS NOT DISTINCT FROM 'true')
      AND (w.cmd IN ('r', 'd') OR put IS NOT DISTINCT FROM 'true') AS everything
    FROM wanted w JOIN policies p ON p.cmd IN ('*', w.cmd)),
  found AS (SELECT EXISTS (SELECT FROM applied WHERE NOT permissive AND NOT everything) AS restricted,
    EXISTS (SELECT FROM wanted w WHERE NOT EXISTS
      (SELECT FROM applied a WHERE a.cmd = w.cmd AND permissive AND everything)) AS unpermitted)
  SELECT current_user::text AS user, restricted AS "isRestricted" FROM found, pg_class c
  WHERE c.oid = to_regclass($1) AND row_security_active(c.oid) AND (restricted OR unpermitted)`;

/** Whether and why row-level security may hide rows of a table from these commands of the user; null if it can't. */
export async function hiddenRows(client: Client, name: string, commands: readonly Command[]): Promise<Hidden | null> {
  const { rows } = await client.query<Hidden>(HIDDEN, [name, commands]);
  return rows[0] ?? null;
}

export const hiddenFrom = (bare: string, { user }: Hidden): string =>
  `Row-level security of the table ${bare} can hide rows from the user ${user}`;

/** A statement for the table's owner that shows all rows to the user, whom `reads` lets only read. */
export const showRows = (name: string, { user, isRestricted }: Hidden, { reads = false } = {}): string =>
  isRestricted
    ? `ALTER TABLE ${name} DISABLE ROW LEVEL SECURITY`
    : `CREATE POLICY penstock ON ${name}${reads ? " FOR SELECT" : ""} TO ${quote(user)} USING (true)`;

/** What a person can do about hidden rows. */
export const showRowsFix = (name: string, hidden: Hidden, which?: { reads: boolean }): string =>
  `${showRows(name, hidden, which)}, or give the user BYPASSRLS (ALTER ROLE ${quote(hidden.user)} BYPASSRLS)`;
