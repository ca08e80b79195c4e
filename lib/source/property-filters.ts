import type { Model } from "../models/types";
import type { Operator, PropertyFilter } from "../schemas/filters";
import type { Sql } from "./predicate";

/** A property's value as text: what a string says, and anything else as JSON writes it; '' for what is missing. */
const textOf = (column: string, key: string) =>
  `if(JSONType(${column}, ${key}) = 'String', JSONExtractString(${column}, ${key}), JSONExtractRaw(${column}, ${key}))`;

const isSet = (column: string, key: string) => `(JSONHas(${column}, ${key}) AND JSONType(${column}, ${key}) != 'Null')`;

/** NULL, which passes no comparison, for what is no number. */
const numberOf = (column: string, key: string) => `toFloat64OrNull(${textOf(column, key)})`;

type Write = (column: string, key: string, value: string) => string;

const compare =
  (operator: string): Write =>
  (column, key, value) =>
    `ifNull(${numberOf(column, key)} ${operator} {${value}:Float64}, false)`;

const WRITE: Record<Operator, Write> = {
  equals: (column, key, value) => `(${isSet(column, key)} AND ${textOf(column, key)} = {${value}:String})`,
  not_equals: (column, key, value) => `NOT (${isSet(column, key)} AND ${textOf(column, key)} = {${value}:String})`,
  contains: (column, key, value) =>
    `(${isSet(column, key)} AND position(${textOf(column, key)}, {${value}:String}) > 0)`,
  not_contains: (column, key, value) =>
    `NOT (${isSet(column, key)} AND position(${textOf(column, key)}, {${value}:String}) > 0)`,
  greater: compare(">"),
  greater_or_equal: compare(">="),
  less: compare("<"),
  less_or_equal: compare("<="),
  is_set: isSet,
  is_not_set: (column, key) => `NOT ${isSet(column, key)}`,
};

/** The conditions of filters on properties: keys and values are parameters. A table without the column passes whole. */
export function propertyConditions(
  model: Model,
  filters: readonly PropertyFilter[],
): { parts: string[]; params: Sql["params"] } {
  const parts: string[] = [];
  const params: Sql["params"] = {};
  filters.forEach(({ column, key, operator, value }, index) => {
    if (!model.propertyColumns.includes(column)) return;
    const names = { key: `property${index}`, value: `value${index}` };
    parts.push(WRITE[operator](column, `{${names.key}:String}`, names.value));
    params[names.key] = key;
    if (value !== null) params[names.value] = value;
  });
  return { parts, params };
}
