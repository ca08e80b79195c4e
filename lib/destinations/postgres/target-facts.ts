import type { Client } from "pg";
import type { Target } from "../warehouse/target";

export interface ColumnFacts {
  name: string;
  /** As `format_type` writes it. */
  type: string;
  /** Whether it takes no NULL. */
  notNull: boolean;
  /** Whether the server gives it a value where a row has none. */
  filled: boolean;
  /** How the server alone gives it a value: as an identity, by an expression that is stored, or by one that is not. */
  generated: "identity" | "stored" | "virtual" | null;
}

/** What the catalog says of a table that is there before an export fills it. */
export interface TargetFacts {
  /** relkind of pg_class. */
  kind: string;
  owner: string;
  /** Whether the user may change what the table is. */
  owned: boolean;
  columns: ColumnFacts[];
}

/** Null where nothing has the target's name yet. */
export async function targetFacts(client: Client, { name }: Target): Promise<TargetFacts | null> {
  const { rows } = await client.query<Omit<TargetFacts, "columns">>(
    `SELECT relkind AS kind, pg_get_userbyid(relowner) AS owner, pg_has_role(relowner, 'USAGE') AS owned
     FROM pg_class WHERE oid = to_regclass($1)`,
    [name],
  );
  if (!rows[0]) return null;
  const { rows: columns } = await client.query<ColumnFacts>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type, attnotnull AS "notNull",
       atthasdef OR attidentity <> '' AS filled,
       CASE WHEN attidentity = 'a' THEN 'identity' WHEN attgenerated = 's' THEN 'stored' WHEN attgenerated <> '' THEN 'virtual' END AS generated
     FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    [name],
  );
  return { ...rows[0], columns };
}
