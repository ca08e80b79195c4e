import { jsonValue } from "../formats/jsonl";
import type { ColumnChoice } from "../schemas/columns";
import { type ChosenColumn, chosenColumns } from "../shapes/columns";
import { nothing } from "../shapes/nothing";
import type { Field, FieldKind, Shape } from "../shapes/types";
import type { WarehouseColumn, WarehouseKind, WarehouseTable } from "./tables";

const KINDS: Record<WarehouseKind, FieldKind> = { text: "string", json: "json", time: "time", int: "int" };

/** What a warehouse can't carry in text, and what it has in its place. */
export interface Carried {
  /** Whether a NUL is replaced by U+FFFD, and counted. */
  replacesNul: boolean;
}

/** Columns that have another name in the source. */
const SOURCES: Record<string, string> = { elements: "elements_chain" };

/** A part of the properties, as JSON; NULL where there is none. */
const PARTS: Record<string, string> = { set: "$set", set_once: "$set_once" };

/**
 * Most rows have no part: without what the names of all begin with, or an escape that it may be written in, nothing is parsed.
 * One look is for all of them.
 */
const partOf = (sql: string, part: string) =>
  `if(multiSearchAny(${sql}, ['"$set', '\\\\u00']), nullIf(JSONExtractRaw(${sql}, '${part}'), ''), NULL)`;

const ESCAPED_BACKSLASH = "'\\\\\\\\'";
/** A byte that stands nowhere in valid JSON: escaped backslashes wait there while NULs are looked for. */
const ASIDE = "char(1)";
const NUL_ESCAPE = "'\\\\u0000'";

const aside = (sql: string) => `replaceAll(${sql}, ${ESCAPED_BACKSLASH}, ${ASIDE})`;
const jsonWithoutNul = (sql: string) =>
  `replaceAll(replaceAll(${aside(sql)}, ${NUL_ESCAPE}, '\\\\ufffd'), ${ASIDE}, ${ESCAPED_BACKSLASH})`;
const textWithoutNul = (sql: string) => `replaceAll(${sql}, char(0), '\\xEF\\xBF\\xBD')`;

/** A field, and SQL for how many characters of it are replaced. */
interface Carriable {
  field: Field;
  replaced: string | null;
}

/** JSON in the making: from which of the source's columns, and about how many bytes of it there will be. */
interface MadeJson {
  source: string;
  size: string;
  nullable: boolean;
}

/** Always a JSON value: what is none in the source goes as a JSON string. */
function jsonField(name: string, value: string, made: MadeJson, { replacesNul }: Carried): Carriable {
  const field: Field = { name, kind: "json", sql: value, nullable: made.nullable, made: made.size };
  if (!replacesNul) return { field, replaced: null };
  // Almost no row has any: a look at the source's column is quicker than the value.
  const none = `position(${made.source}, 'u0000') = 0 AND position(${made.source}, char(0)) = 0`;
  return {
    field: { ...field, sql: jsonWithoutNul(value) },
    replaced: `if(${none}, 0, ifNull(countSubstrings(${aside(value)}, ${NUL_ESCAPE}), 0))`,
  };
}

function textField(name: string, found: ChosenColumn, { replacesNul }: Carried): Carriable {
  if (found.kind === "uuid") return { field: { name, kind: "string", sql: `toString(${found.sql})` }, replaced: null };
  if (!replacesNul) return { field: { name, kind: "string", sql: found.sql }, replaced: null };
  const field: Field = { name, kind: "string", sql: textWithoutNul(found.sql) };
  return { field, replaced: `countSubstrings(${found.sql}, char(0))` };
}

function plain({ name, kind }: WarehouseColumn, found: ChosenColumn, carried: Carried): Carriable {
  if (kind === "text") return textField(name, found, carried);
  if (kind !== "json") return { field: { name, kind: KINDS[kind], sql: found.sql }, replaced: null };
  const value = found.hashed ? `toJSONString(${found.sql})` : jsonValue(found.sql);
  return jsonField(name, value, { source: found.sql, size: `length(${found.sql})`, nullable: false }, carried);
}

const missing = ({ name, kind }: WarehouseColumn): Carriable => ({
  field: { name, kind: KINDS[kind], sql: nothing(KINDS[kind]), nullable: true },
  replaced: null,
});

/** Each id of a person is a row of its own here: what an export chose for the list of them is for each. */
const eachId = (choices: readonly ColumnChoice[] | null) =>
  choices?.map((choice) => (choice.name === "distinct_ids" ? { ...choice, name: "distinct_id" } : choice)) ?? null;

/** A row as warehouses get it: the table's columns, with what the export leaves out as NULL, and what of it is replaced. */
export function warehouseShape(
  table: WarehouseTable,
  choices: readonly ColumnChoice[] | null,
  carried: Carried,
): { shape: Shape; replaced: string } {
  const chosen = new Map(chosenColumns(table.model, eachId(choices)).map((each) => [each.source, each]));
  const properties = chosen.get("properties");
  const all = table.columns.map((column): Carriable => {
    const { name } = column;
    if (name === "team_id") return { field: { name, kind: "int", sql: "project_id" }, replaced: null };
    const part = PARTS[name];
    if (part && properties && !properties.hashed)
      // Where it is there, its size is already part of the properties'.
      return jsonField(
        name,
        partOf(properties.sql, part),
        { source: properties.sql, size: "0", nullable: true },
        carried,
      );
    const found = chosen.get(SOURCES[name] ?? name);
    return found ? plain(column, found, carried) : missing(column);
  });
  const counts = all.flatMap(({ replaced }) => replaced ?? []);
  return {
    shape: { record: table.model.record, fields: all.map(({ field }) => field) },
    replaced: ["0", ...counts].join(" + "),
  };
}
