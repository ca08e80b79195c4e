import { quote } from "@/lib/rows/quote";
import { through } from "./sql";

/** A JSON number, or a string that reads as one: with a plus sign, or without digits on one side of the point. */
const NUMERIC = String.raw`^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$`;
const PARTS = String.raw`^([+-]?)([0-9]*)\.?([0-9]*)(?:[eE]([+-]?[0-9]+))?$`;

export const isNumeric = (sql: string): string => `match(${sql}, ${quote(NUMERIC)})`;

/** `isNumeric` for a JavaScript string. */
export const saysNumber = (text: string): boolean => new RegExp(NUMERIC).test(text);

/** Longer exponents all count as equal. */
const EXPONENT_DIGITS = 15;

const exponent = (sql: string) =>
  `if(length(replaceRegexpOne(${sql}, '^[+-]?0*', '')) > ${EXPONENT_DIGITS}, ` +
  `if(startsWith(${sql}, '-'), -1, 1) * ${10 ** EXPONENT_DIGITS}, toInt64OrZero(replaceRegexpOne(${sql}, '^\\\\+', '')))`;

const ZEROS = "trim(LEADING '0' FROM concat";

/** A number's value from its parts and its digits without leading zeros: sign × 0.digits × 10^exponent. */
const value = (parts: string, digits: string) =>
  `(multiIf(${digits} = '', 0, ${parts}[1] = '-', -1, 1)::Int8, ` +
  `if(${digits} = '', 0, length(${parts}[2])::Int64 + ${exponent(`${parts}[4]`)} - (length(${parts}[2]) + length(${parts}[3]) - length(${digits}))::Int64)::Int64, ` +
  `trim(TRAILING '0' FROM ${digits}))`;

/** Compares two numeric texts of any size by value. `compare` gets both as tuples of sign, exponent, and digits. */
const withValues = (a: string, b: string, compare: string) =>
  through(
    `(${a}, ${b})`,
    `(extractGroups(t.1, ${quote(PARTS)}), extractGroups(t.2, ${quote(PARTS)}))`,
    `(t.1, t.2, ${ZEROS}(t.1[2], t.1[3])), ${ZEROS}(t.2[2], t.2[3])))`,
    `(${value("t.1", "t.3")}, ${value("t.2", "t.4")})`,
    compare,
  );

/** Whether a number equals a double, as the double's shortest digits write it. */
export const isDouble = (sql: string): string => withValues(`toString(toFloat64OrZero(${sql}))`, sql, "t.1 = t.2");

/** Numbers so short that no two round to the same double. */
const SHORT = "^[+-]?[0-9.]{1,15}$";

/** -1, 0, or 1: how the first value compares to the second. */
const COMPARED =
  "multiIf(t.1.1 != t.2.1, sign(t.1.1 - t.2.1), (t.1.2, t.1.3) = (t.2.2, t.2.3), 0, (t.1.2, t.1.3) > (t.2.2, t.2.3), t.1.1, -t.1.1)";

/**
 * SQL that compares two numeric texts exactly by value: `9007199254740993` is greater than `9007199254740992`, and
 * `1.10` equals `1.1`.
 */
export function compareNumbers(a: string, operator: string, b: { sql: string; text: string }): string {
  const exact = `(${withValues(a, b.sql, COMPARED)}) ${operator} 0`;
  if (!new RegExp(SHORT).test(b.text)) return `(${exact})`;
  return `if(match(${a}, ${quote(SHORT)}), toFloat64OrZero(${a}) ${operator} toFloat64OrZero(${b.sql}), ${exact})`;
}
