/**
 * Text formats can't hold invalid UTF-8, so it becomes U+FFFD. At the very end, ClickHouse takes whatever follows a
 * lead byte as part of the character, so spaces pad the text for the check.
 */
export const utf8 = (sql: string) => `if(isValidUTF8(${sql}), ${sql}, left(toValidUTF8(concat(${sql}, '   ')), -3))`;

/** A JSON string. */
export const jsonString = (sql: string) => `toJSONString(${utf8(sql)})`;

/** A JSON array of strings. */
export const jsonStrings = (sql: string) =>
  `concat('[', arrayStringConcat(arrayMap(s -> ${jsonString("s")}, ${sql}), ','), ']')`;

/** A time that ClickHouse writes as ISO 8601 UTC with microseconds: `2026-03-29T00:00:00.000000Z`. See `ISO_TIMES`. */
export const microTime = (sql: string) => `toDateTime64(${sql}, 6, 'UTC')`;

/** `microTime` as text built by SQL, for nullable times. */
export const timeText = (sql: string) => `formatDateTime(${microTime(sql)}, '%Y-%m-%dT%H:%i:%S.%fZ', 'UTC')`;

/** Makes ClickHouse write times this way. Has no effect on text that SQL builds from a time. */
export const ISO_TIMES = { date_time_output_format: "iso" };

/** A value that may be NULL: `otherwise` if it is, the result of `write` if not. */
export const orElse = (sql: string, otherwise: string, write: (sql: string) => string) =>
  `if(isNull(${sql}), ${otherwise}, ${write(`assumeNotNull(${sql})`)})`;
