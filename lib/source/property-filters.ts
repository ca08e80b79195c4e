import type { Operator, PropertyFilter } from "../fields/filters";
import { compareNumbers, isNumeric, saysNumber } from "../rows/json/decimal";
import { textOfJson } from "../rows/json/document";
import { type Key, whereProperties } from "../rows/json/property";
import type { SourceTable } from "../rows/tables/types";
import type { Sql } from "./predicate";

const isSet = (json: string) => `${json} NOT IN ('', 'null')`;
const isNumber = (json: string) => `match(${json}, '^-?[0-9]')`;

/** A filter's value: its parameter and its text. */
interface Value {
  sql: string;
  text: string;
}

type Write = (json: string, value: Value) => string;

/** Compares text by characters, and numbers by value if the filter has a number too. */
const equals: Write = (json, value) => {
  const asText = `${textOfJson(json)} = ${value.sql}`;
  const same = saysNumber(value.text)
    ? `if(${isNumber(json)}, ${compareNumbers(json, "=", value)}, ${asText})`
    : asText;
  return `(${isSet(json)} AND ${same})`;
};

const contains: Write = (json, value) => `(${isSet(json)} AND position(${textOfJson(json)}, ${value.sql}) > 0)`;

/** False for anything that isn't numeric. */
const compare =
  (operator: string): Write =>
  (json, value) =>
    `(${isNumeric(textOfJson(json))} AND ${compareNumbers(textOfJson(json), operator, value)})`;

const not =
  (write: Write): Write =>
  (json, value) =>
    `NOT ${write(json, value)}`;

const WRITE: Record<Operator, Write> = {
  equals,
  not_equals: not(equals),
  contains,
  not_contains: not(contains),
  greater: compare(">"),
  greater_or_equal: compare(">="),
  less: compare("<"),
  less_or_equal: compare("<="),
  is_set: isSet,
  is_not_set: (json) => `NOT (${isSet(json)})`,
};

/** A filter with its parameter names. */
interface Named extends PropertyFilter {
  keyName: string;
  valueName: string;
}

function condition(column: string, filters: readonly Named[]): string {
  const keys = filters.map(({ key, keyName }): Key => ({ text: key, sql: `{${keyName}:String}` }));
  return whereProperties(column, keys, (values) =>
    filters
      .map(({ operator, value, valueName }, i) =>
        WRITE[operator](values[i]!, { sql: `{${valueName}:String}`, text: String(value ?? "") }),
      )
      .join(" AND "),
  );
}

/**
 * Conditions of property filters, one per column; keys and values are parameters. Tables without it aren't filtered.
 */
export function propertyConditions(
  model: SourceTable,
  filters: readonly PropertyFilter[],
): { parts: string[]; params: Sql["params"] } {
  const named = filters
    .map((filter, i): Named => ({ ...filter, keyName: `property${i}`, valueName: `value${i}` }))
    .filter(({ column }) => model.propertyColumns.includes(column));
  const params: Sql["params"] = {};
  for (const { key, keyName, value, valueName } of named) {
    params[keyName] = key;
    if (value !== null) params[valueName] = String(value);
  }
  const columns = [...new Set(named.map(({ column }) => column))];
  const parts = columns.map((column) =>
    condition(
      column,
      named.filter((filter) => filter.column === column),
    ),
  );
  return { parts, params };
}
