import type { Client } from "pg";
import { ExportError } from "../../errors";
import { columnsOf, tableName, type WarehouseColumn, warehouseTable } from "../warehouse/tables";
import { otherType, type Target } from "../warehouse/target";
import { inTransaction } from "./client";
import { createIndexes } from "./indexes";
import { hiddenFrom, hiddenRows, showRowsFix, writesOf } from "./row-security";
import type { PostgresConfig, PostgresSettings } from "./schema";
import { accepts, createTarget, lockName, quote, typeOf } from "./sql";

export function targetOf({ schema }: PostgresConfig, settings: PostgresSettings, table: string): Target {
  const bare = tableName(settings.table, table);
  return { table: warehouseTable(table), bare, name: `${quote(schema)}.${quote(bare)}` };
}

/**
 * Creates a table if it is missing and adds columns that it lacks, in its own transaction. Throws if a column has
 * another type.
 */
export const ensureTarget = (client: Client, target: Target, settings: PostgresSettings): Promise<void> =>
  inTransaction(client, async () => {
    // Of concurrent runs that find it missing, one creates it.
    await client.query(lockName, [target.name]);
    await adapt(client, target, settings);
  });

async function adapt(client: Client, target: Target, settings: PostgresSettings): Promise<void> {
  const found = await columnTypes(client, target.name);
  if (found.size === 0) {
    await client.query(createTarget(target.name, target.table));
    // Rows are deleted by window; a publication FOR ALL TABLES would forbid that without an identity.
    await client.query(`ALTER TABLE ${target.name} REPLICA IDENTITY FULL`);
    await createIndexes(client, target);
    return;
  }
  await requireVisibleRows(client, target, settings);
  const missing: WarehouseColumn[] = [];
  for (const column of columnsOf(target.table)) {
    const type = found.get(column.name);
    if (type === undefined) missing.push(column);
    else if (!accepts(column.kind, type)) throw otherType(target, column.name, type, typeOf(column));
  }
  if (missing.length > 0) await addColumns(client, target, missing);
}

/** Hidden rows would neither be replaced nor counted. */
async function requireVisibleRows(client: Client, { table, name, bare }: Target, settings: PostgresSettings) {
  const hidden = await hiddenRows(client, name, writesOf(table, settings));
  if (hidden === null) return;
  throw new ExportError({
    code: "row_security",
    message: `${hiddenFrom(bare, hidden)}, so a run might not see or replace all rows of its window.`,
    fix: `As the table's owner: ${showRowsFix(name, hidden)}, or choose another table in the export; then retry the run.`,
    retryable: false,
  });
}

async function addColumns(client: Client, target: Target, missing: readonly WarehouseColumn[]): Promise<void> {
  const added = missing.map((column) => `ADD COLUMN IF NOT EXISTS ${quote(column.name)} ${typeOf(column)}`);
  const statement = `ALTER TABLE ${target.name} ${added.join(", ")}`;
  try {
    await client.query(statement);
  } catch (error) {
    if ((error as { code?: string }).code !== INSUFFICIENT_PRIVILEGE) throw error;
    throw new ExportError(
      {
        code: "missing_permission",
        message: `The table ${target.bare} doesn't have all columns, and only its owner can add them: ${missing.map(({ name }) => name).join(", ")}.`,
        fix: `As the table's owner: ${statement}; then retry the run.`,
        retryable: false,
      },
      { cause: error },
    );
  }
}

const INSUFFICIENT_PRIVILEGE = "42501";

/** Types of a table's columns, as `format_type` writes them; empty if there is no such table. */
export async function columnTypes(client: Client, name: string): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
     WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`,
    [name],
  );
  return new Map(rows.map(({ name, type }) => [name, type]));
}
