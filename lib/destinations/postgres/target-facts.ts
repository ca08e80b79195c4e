import type { Client } from "pg";
import type { Target } from "../warehouse/target";

export interface ColumnFacts {
  name: string;
  /** As `format_type` writes it. */
  type: string;
  /** Whether it rejects NULL. */
  notNull: boolean;
  /** Whether the server fills it if a row has no value. */
  filled: boolean;
  /** How the server always generates its value: as an identity, or by a stored or a virtual expression. */
  generated: "identity" | "stored" | "virtual" | null;
}

/** An existing table as the catalog describes it. */
export interface TargetFacts {
  /** relkind of pg_class. */
  kind: string;
  owner: string;
  /** Whether the user may alter the table. */
  owned: boolean;
  columns: ColumnFacts[];
}

/** Null if nothing has the target's name yet. */
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
