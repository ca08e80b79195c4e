import { columnsOf, tableName, warehouseTable } from "../warehouse/tables";
import { otherType } from "../warehouse/target";
import type { Session } from "./client";
import { exactly, quote, stored } from "./names";
import { namingOf } from "./naming";
import type { SnowflakeConfig, SnowflakeSettings } from "./schema";
import { ACCEPTED, createTarget, kindOf, type SnowflakeTarget, typeOf } from "./sql";

export function targetOf(
  { database, schema }: SnowflakeConfig,
  settings: SnowflakeSettings,
  table: string,
): SnowflakeTarget {
  const naming = namingOf(settings);
  const bare = tableName(settings.table, table);
  const name = `${quote(database)}.${quote(schema)}.${exactly(naming.table(bare))}`;
  return { table: warehouseTable(table), bare, name, naming };
}

/** Creates a table if it is missing and adds columns that it lacks. Throws if a column has another type. */
export async function ensureTarget(session: Session, config: SnowflakeConfig, target: SnowflakeTarget): Promise<void> {
  const { naming } = target;
  await session.query(createTarget(target));
  const found = await columnTypes(session, config, target);
  for (const column of columnsOf(target.table)) {
    const name = naming.column(column.name);
    const type = found.get(name);
    const wanted = typeOf(column, naming);
    if (type === undefined)
      await session.query(`ALTER TABLE ${target.name} ADD COLUMN IF NOT EXISTS ${exactly(name)} ${wanted}`);
    else if (!ACCEPTED[kindOf(column, naming)].includes(type)) throw otherType(target, column.name, type, wanted);
  }
}

async function columnTypes(
  session: Session,
  config: SnowflakeConfig,
  { bare, naming }: SnowflakeTarget,
): Promise<Map<string, string>> {
  const { rows } = await session.query(
    `SELECT COLUMN_NAME AS "NAME", DATA_TYPE AS "TYPE", NUMERIC_SCALE AS "SCALE"
     FROM ${quote(config.database)}.INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?`,
    [stored(config.schema), naming.table(bare)],
  );
  return new Map(rows.map(({ NAME, TYPE, SCALE }) => [NAME ?? "", typeName(TYPE ?? "", SCALE ?? null)]));
}

/** A number with decimals would round nothing, but is not the requested type. */
const typeName = (type: string, scale: string | null) =>
  type === "NUMBER" && scale !== null && /^[1-9]/.test(scale) ? `NUMBER(38,${scale})` : type;
