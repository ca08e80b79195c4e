import type { ColumnChoice } from "@/lib/fields/columns";
import { type Replacement, replacementsOf, textReasons } from "@/lib/rows/formats/replacements";
import { propertyJson } from "@/lib/rows/json/property";
import { onlyWhere } from "@/lib/rows/json/sql";
import { countNuls, type JsonLimits, jsonReasons, jsonValue } from "@/lib/rows/json/value";
import { type ChosenColumn, chosenColumns } from "@/lib/rows/shapes/columns";
import { nothing } from "@/lib/rows/shapes/nothing";
import { sideBySide } from "@/lib/rows/shapes/properties";
import type { Field, FieldKind, Shape, Stage } from "@/lib/rows/shapes/types";
import type { WarehouseColumn, WarehouseKind, WarehouseTable } from "./tables";

const KINDS: Record<WarehouseKind, FieldKind> = { text: "string", json: "json", time: "time", int: "int" };

/** Limits of a warehouse. */
export interface Carried {
  /** Whether NULs in text are replaced by U+FFFD, and counted. */
  replacesNul: boolean;
  /** Limits of its JSON; undefined if JSON is kept as text. */
  json: JsonLimits | undefined;
}

/** Columns with another name in the source. */
const SOURCES: Record<string, string> = { elements: "elements_chain" };

/** Parts of the properties, as JSON; NULL if missing. */
const PARTS: Record<string, string> = { set: "$set", set_once: "$set_once" };

/**
 * Most rows have no part: without the prefix that the names share, or an escape that may spell it, nothing is parsed.
 * One search serves all of them.
 */
const partOf = (sql: string, part: string) =>
  onlyWhere(`multiSearchAny(${sql}, ['"$set', '\\\\u00'])`, sql, "c", (c) => propertyJson(c, part));

const textWithoutNul = (sql: string) => `replaceAll(${sql}, char(0), '\\xEF\\xBF\\xBD')`;

/**
 * A field, SQL for how many of its characters the warehouse needs replaced, and which values may not arrive unchanged.
 */
interface Carriable {
  field: Field;
  replaced: string | null;
  replacements: readonly Replacement[];
  stages?: readonly Stage[];
}

/** Text made by ClickHouse: nothing in it is replaced. */
const made = (name: string, kind: "string" | "json", sql: string): Carriable => ({
  field: { name, kind, sql },
  replaced: null,
  replacements: [],
});

/** Always a JSON value: anything else in the source becomes a JSON string. */
function jsonField(name: string, { sql, hashed }: ChosenColumn, { json }: Carried): Carriable {
  const size = `length(${sql})`;
  const field = { name, kind: "json", nullable: false, made: size } as const;
  if (hashed) return { field: { ...field, sql: `toJSONString(${sql})` }, replaced: null, replacements: [] };
  // Almost no row has any: searching the column is faster than using the value.
  const none = `position(${sql}, 'u0000') = 0 AND position(${sql}, char(0)) = 0`;
  return {
    field: { ...field, sql: `json_${name}` },
    stages: [[`${jsonValue(sql, json)} AS json_${name}`]],
    replaced: json?.replacesNul
      ? `if(${none}, 0, ${countNuls(jsonValue(sql, { ...json, replacesNul: false }))})`
      : null,
    replacements: replacementsOf({ name, kind: "json", sql }, { json: (value) => jsonReasons(value, json) }),
  };
}

function textField(name: string, { sql, kind, hashed }: ChosenColumn, { replacesNul }: Carried): Carriable {
  if (kind === "uuid") return made(name, "string", `toString(${sql})`);
  if (hashed) return made(name, "string", sql);
  const field: Field = { name, kind: "string", sql };
  if (!replacesNul) return { field, replaced: null, replacements: replacementsOf(field, {}) };
  const string = textReasons({ when: (text) => `position(${text}, char(0)) > 0`, reason: "nul" });
  return {
    field: { ...field, sql: textWithoutNul(sql) },
    replaced: `countSubstrings(${sql}, char(0))`,
    replacements: replacementsOf(field, { string }),
  };
}

function plain({ name, kind }: WarehouseColumn, found: ChosenColumn, carried: Carried): Carriable {
  if (kind === "text") return textField(name, found, carried);
  if (kind === "json") return jsonField(name, found, carried);
  return { field: { name, kind: KINDS[kind], sql: found.sql }, replaced: null, replacements: [] };
}

/** The properties already account for the size of an existing part and for its replacements. */
const partField = (name: string, part: string, { sql }: ChosenColumn, { json }: Carried): Carriable => ({
  field: { name, kind: "json", sql: `json_${name}`, nullable: true, made: "0" },
  stages: [
    [`${partOf(sql, part)} AS part_${name}`],
    [`nullIf(${onlyWhere(`part_${name} != ''`, `part_${name}`, "z", (z) => jsonValue(z, json))}, '') AS json_${name}`],
  ],
  replaced: null,
  replacements: [],
});

const missing = ({ name, kind }: WarehouseColumn): Carriable => ({
  field: { name, kind: KINDS[kind], sql: nothing(KINDS[kind]), nullable: true },
  replaced: null,
  replacements: [],
});

/** Each id of a person has its own row here: an export's choice for the list of ids applies to each. */
const eachId = (choices: readonly ColumnChoice[] | null) =>
  choices?.map((choice) => (choice.name === "distinct_ids" ? { ...choice, name: "distinct_id" } : choice)) ?? null;

/** A row for warehouses: the table's columns, NULL where the export leaves one out, and what is replaced. */
export function warehouseShape(
  table: WarehouseTable,
  choices: readonly ColumnChoice[] | null,
  carried: Carried,
): { shape: Shape; replaced: string | null; replacements: Replacement[] } {
  const chosen = new Map(chosenColumns(table.model, eachId(choices)).map((each) => [each.source, each]));
  const properties = chosen.get("properties");
  const all = table.columns.map((column): Carriable => {
    const { name, sql, nullable = false } = column;
    if (sql !== undefined)
      return { field: { name, kind: KINDS[column.kind], sql, nullable }, replaced: null, replacements: [] };
    const part = PARTS[name];
    if (part && properties && !properties.hashed) return partField(name, part, properties, carried);
    const found = chosen.get(SOURCES[name] ?? name);
    return found ? plain(column, found, carried) : missing(column);
  });
  const counts = all.flatMap(({ replaced }) => replaced ?? []);
  return {
    shape: {
      record: table.model.record,
      fields: all.map(({ field }) => field),
      stages: sideBySide(all.map(({ stages }) => stages ?? [])),
    },
    replaced: carried.replacesNul ? ["0", ...counts].join(" + ") : null,
    replacements: all.flatMap(({ replacements }) => replacements),
  };
}
