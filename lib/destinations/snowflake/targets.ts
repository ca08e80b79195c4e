import { columnsOf, tableName, warehouseTable } from "../warehouse/tables";
import { otherType, type Target } from "../warehouse/target";
import type { Session } from "./client";
import { quote, stored } from "./names";
import type { SnowflakeConfig, SnowflakeSettings } from "./schema";
import { ACCEPTED, createTarget, typeOf } from "./sql";

export function targetOf({ database, schema }: SnowflakeConfig, settings: SnowflakeSettings, table: string): Target {
  const bare = tableName(settings.table, table);
  return { table: warehouseTable(table), bare, name: `${quote(database)}.${quote(schema)}.${quote(bare)}` };
}

/** Creates a table if it is missing and adds columns that it lacks. Throws if a column has another type. */
export async function ensureTarget(session: Session, config: SnowflakeConfig, target: Target): Promise<void> {
  await session.query(createTarget(target.name, target.table));
  const found = await columnTypes(session, config, target.bare);
  for (const column of columnsOf(target.table)) {
    const type = found.get(column.name.toUpperCase());
    if (type === undefined)
      await session.query(
        `ALTER TABLE ${target.name} ADD COLUMN IF NOT EXISTS ${quote(column.name)} ${typeOf(column)}`,
      );
    else if (!ACCEPTED[column.kind].includes(type)) throw otherType(target, column.name, type, typeOf(column));
  }
}

async function columnTypes(session: Session, config: SnowflakeConfig, bare: string): Promise<Map<string, string>> {
  const { rows } = await session.query(
    `SELECT COLUMN_NAME AS "NAME", DATA_TYPE AS "TYPE", NUMERIC_SCALE AS "SCALE"
     FROM ${quote(config.database)}.INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?`,
    [stored(config.schema), bare.toUpperCase()],
  );
  return new Map(rows.map(({ NAME, TYPE, SCALE }) => [NAME ?? "", typeName(TYPE ?? "", SCALE ?? null)]));
}

/** A number with decimals would round nothing, but is not the requested type. */
const typeName = (type: string, scale: string | null) =>
  type === "NUMBER" && scale !== null && /^[1-9]/.test(scale) ? `NUMBER(38,${scale})` : type;
