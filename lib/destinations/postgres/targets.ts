import type { Client } from "pg";
import { ExportError } from "../../errors";
import { columnsOf, tableName, type WarehouseTable, warehouseTable } from "../../warehouse/tables";
import type { PostgresConfig, PostgresSettings } from "./schema";
import { ACCEPTED, createIndexes, createTarget, quote, typeOf } from "./sql";

/** A table that an export fills, with its name as SQL has it. */
export interface Target {
  table: WarehouseTable;
  bare: string;
  name: string;
}

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
    else if (!ACCEPTED[column.kind].some((accepted) => type.startsWith(accepted)))
      throw otherType(target.bare, column.name, type, typeOf(column));
  }
}

async function columnTypes(client: Client, schema: string, table: string): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
     WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`,
    [`${quote(schema)}.${quote(table)}`],
  );
  return new Map(rows.map(({ name, type }) => [name, type]));
}

const otherType = (table: string, column: string, type: string, wanted: string) =>
  new ExportError({
    code: "schema_mismatch",
    message: `The column ${column} of ${table} is ${type}, but ${wanted} is needed.`,
    fix: `Change the column's type to ${wanted}, or let the export write another table; then retry the run.`,
    retryable: false,
  });
