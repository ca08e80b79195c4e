import type { Reason } from "@/lib/fields/receipt";
import { jsonReasons } from "../json/value";
import type { Field, FieldKind } from "../shapes/types";

/** SQL for what of a field does not arrive as it is in a row. */
export interface Replacement {
  /** As the file or table calls it. */
  column: string;
  /** True for a row where something is replaced; cheap, because it is computed for every row. */
  dirty: string;
  /** The reasons, as an array of texts. */
  reasons: string;
}

type Reasons = (sql: string) => string;

/** SQL for the reasons of a text: that it has bytes that are not UTF-8, and further ones of a format's own. */
export const textReasons =
  (...others: readonly { when: (sql: string) => string; reason: Reason }[]): Reasons =>
  (sql) =>
    `arrayConcat(if(isValidUTF8(${sql}), [], ['invalid_utf8'])${others.map(({ when, reason }) => `, if(${when(sql)}, ['${reason}'], [])`).join("")})`;

const validText: Reasons = textReasons();

/** How a field's kinds are looked at; kinds that are left out are text, or can't be anything that is replaced. */
export type Looks = Partial<Record<FieldKind, Reasons>>;

const ALWAYS_WHOLE: readonly FieldKind[] = ["uuid", "time", "int", "float", "bool"];

/**
 * SQL for why a value that has U+FFFD may have had something else in the document that it was taken from: the document had no character
 * there or anywhere.
 */
const reasonsWithin = (value: string, document: string): string =>
  `if(position(${value}, '\\xEF\\xBF\\xBD') > 0, ` +
  `arrayFilter(r -> r IN ('invalid_utf8', 'lone_surrogate'), ${jsonReasons(document)}), emptyArrayString())`;

/** What of a field, and of the fields within it, may be replaced in a row. */
export function replacementsOf({ name, kind, sql, nullable, fields, takenFrom }: Field, looks: Looks): Replacement[] {
  if (kind === "object")
    return (fields ?? []).flatMap((field) =>
      replacementsOf(field, looks).map((one) => ({ ...one, column: `${name}.${one.column}` })),
    );
  if (ALWAYS_WHOLE.includes(kind)) return [];
  // A value that is missing arrives as such.
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
