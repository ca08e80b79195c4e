import type { Client } from "pg";
import { columnsOf, tableName, warehouseTable } from "../../warehouse/tables";
import { otherType, type Target } from "../../warehouse/target";
import type { PostgresConfig, PostgresSettings } from "./schema";
import { accepts, createIndexes, createTarget, quote, typeOf } from "./sql";

export function targetOf({ schema }: PostgresConfig, settings: PostgresSettings, table: string): Target {
  const bare = tableName(settings.table, table);
  return { table: warehouseTable(table), bare, name: `${quote(schema)}.${quote(bare)}` };
}

/** Makes a table that is missing, adds columns that an older one lacks, and refuses one whose columns have other types. */
export async function ensureTarget(client: Client, { schema }: PostgresConfig, target: Target): Promise<void> {
  const found = await columnTypes(client, schema, target.bare);
  if (found.size === 0) {
    await client.query(createTarget(target.name, target.table));
    for (const index of createIndexes(target.name, target.bare, target.table)) await client.query(index);
    return;
  }
  for (const column of columnsOf(target.table)) {
    const type = found.get(column.name);
    if (type === undefined)
      await client.query(`ALTER TABLE ${target.name} ADD COLUMN IF NOT EXISTS ${quote(column.name)} ${typeOf(column)}`);
    else if (!accepts(column.kind, type)) throw otherType(target, column.name, type, typeOf(column));
  }
}

/** The types of a table's columns, as `format_type` writes them; none where there is no such table. */
export async function columnTypes(client: Client, schema: string, table: string): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
     WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`,
    [`${quote(schema)}.${quote(table)}`],
  );
  return new Map(rows.map(({ name, type }) => [name, type]));
}
