import { isDouble } from "@/lib/rows/json/decimal";
import type { JsonLimits } from "@/lib/rows/json/value";
import { quote } from "@/lib/rows/quote";

/** A number that is more than a few digits: with an exponent, or as long as `digits`. Found by what precedes it. */
const longNumber = (digits: number) => String.raw`(?:^|[:,\[])[ \t\n\r]*-?(?:[0-9.]+[eE]|[0-9.]{${digits}})`;

const BEYOND_FOUR_DIGITS = "[eE][-+]?0*[1-9][0-9]{4}";

/**
 * PostgreSQL's jsonb keeps numbers as `numeric`: 131,072 digits before the point and 16,383 after it. Numbers with
 * fewer than 1,000 digits and an exponent of at most four digits are within both. The server's `max_stack_depth` limits
 * nesting. Source: PostgreSQL's documentation, "Numeric Types" and "Resource Consumption".
 */
export const POSTGRES_JSON: JsonLimits = {
  depth: 1000,
  mayExceed: longNumber(999),
  holds: (number) => `(length(${number}) < 1000 AND NOT match(${number}, ${quote(BEYOND_FOUR_DIGITS)}))`,
  replacesNul: true,
};

/** Signed or unsigned 64-bit integers. */
const isInteger64 = (number: string) =>
  `(toInt64OrNull(${number}) IS NOT NULL OR toUInt64OrNull(${number}) IS NOT NULL)`;

/**
 * BigQuery's JSON keeps 64-bit integers, other numbers as doubles, and 500 levels. Source: BigQuery's documentation,
 * "JSON type".
 */
export const BIGQUERY_JSON: JsonLimits = {
  depth: 500,
  mayExceed: longNumber(16),
  holds: (number) => `(${isInteger64(number)} OR ${isDouble(number)})`,
  replacesNul: false,
};

/** At most the 38 digits of Snowflake's NUMBER. */
const isShortDecimal = (number: string) => `match(${number}, '^-?[0-9.]{1,38}$')`;

/**
 * Snowflake's VARIANT keeps numbers of up to 38 digits, and others as doubles. Source: Snowflake's documentation,
 * "Semi-structured data types". It documents no nesting limit; 500 levels is BigQuery's.
 */
export const SNOWFLAKE_JSON: JsonLimits = {
  depth: 500,
  mayExceed: longNumber(38),
  holds: (number) => `(${isShortDecimal(number)} OR ${isDouble(number)})`,
  replacesNul: false,
};
