import type { Reason } from "@/lib/fields/receipt";
import { jsonReasons } from "../json/value";
import type { Field, FieldKind } from "../shapes/types";

/** SQL for the values of a field that are replaced in a row. */
export interface Replacement {
  /** Name in the file or table. */
  column: string;
  /** True for a row where something is replaced. Cheap, because it is computed for every row. */
  dirty: string;
  /** The reasons, as an array of strings. */
  reasons: string;
}

type Reasons = (sql: string) => string;

/** SQL for why a text is changed: invalid UTF-8, and reasons specific to the format. */
export const textReasons =
  (...others: readonly { when: (sql: string) => string; reason: Reason }[]): Reasons =>
  (sql) =>
    `arrayConcat(if(isValidUTF8(${sql}), [], ['invalid_utf8'])${others.map(({ when, reason }) => `, if(${when(sql)}, ['${reason}'], [])`).join("")})`;

const validText: Reasons = textReasons();

/** Reasons by kind of field. Kinds left out are treated as text or are never replaced. */
export type Looks = Partial<Record<FieldKind, Reasons>>;

const ALWAYS_WHOLE: readonly FieldKind[] = ["uuid", "time", "int", "float", "bool"];

/**
 * SQL for why a value with U+FFFD may differ from the document it was taken from: the document has invalid UTF-8 or a
 * lone surrogate, there or elsewhere.
 */
const reasonsWithin = (value: string, document: string): string =>
  `if(position(${value}, '\\xEF\\xBF\\xBD') > 0, ` +
  `arrayFilter(r -> r IN ('invalid_utf8', 'lone_surrogate'), ${jsonReasons(document)}), emptyArrayString())`;

/** What may be replaced in a field and its nested fields. */
export function replacementsOf({ name, kind, sql, nullable, fields, takenFrom }: Field, looks: Looks): Replacement[] {
  if (kind === "object")
    return (fields ?? []).flatMap((field) =>
      replacementsOf(field, looks).map((one) => ({ ...one, column: `${name}.${one.column}` })),
    );
  if (ALWAYS_WHOLE.includes(kind)) return [];
  // A missing value is not a replacement.
  const value = nullable ? `ifNull(${sql}, ${kind === "json" || kind === "entries" ? "'null'" : "''"})` : sql;
  const isList = kind === "strings";
  const look = (isList ? undefined : looks[kind]) ?? looks.string;
  const ofOne = look ?? validText;
  const reasons = isList ? `arrayDistinct(arrayFlatten(arrayMap(s -> ${ofOne("s")}, ${value})))` : ofOne(value);
  const invalid = isList ? `arrayExists(s -> NOT isValidUTF8(s), ${value})` : `NOT isValidUTF8(${value})`;
  if (takenFrom !== undefined) {
    const all = `arrayDistinct(arrayConcat(${reasons}, ${reasonsWithin(value, takenFrom)}))`;
    return [{ column: name, dirty: `notEmpty(${all})`, reasons: all }];
  }
  return [{ column: name, dirty: look ? `notEmpty(${reasons})` : invalid, reasons }];
}
