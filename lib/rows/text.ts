/**
 * No text format has bytes that aren't UTF-8: those are replaced by U+FFFD. ClickHouse takes all that follows the beginning of
 * a character at the very end for its rest, so blanks stand there while it looks.
 */
export const utf8 = (sql: string) => `if(isValidUTF8(${sql}), ${sql}, left(toValidUTF8(concat(${sql}, '   ')), -3))`;

/** A text in JSON's quotes. */
export const jsonString = (sql: string) => `toJSONString(${utf8(sql)})`;

/** An array of texts as a JSON array. */
export const jsonStrings = (sql: string) =>
  `concat('[', arrayStringConcat(arrayMap(s -> ${jsonString("s")}, ${sql}), ','), ']')`;

/** A time that ClickHouse writes as ISO-8601 in UTC with microseconds: `2026-03-29T00:00:00.000000Z`. See `ISO_TIMES`. */
export const microTime = (sql: string) => `toDateTime64(${sql}, 6, 'UTC')`;

/** The same as text that SQL makes, where a time may be missing. */
export const timeText = (sql: string) => `formatDateTime(${microTime(sql)}, '%Y-%m-%dT%H:%i:%S.%fZ', 'UTC')`;

/** The setting by which times are written so; text that SQL makes of a time is not changed by it. */
export const ISO_TIMES = { date_time_output_format: "iso" };

/** A value that may be NULL: as `otherwise` where it is, else as `write` has it. */
export const orElse = (sql: string, otherwise: string, write: (sql: string) => string) =>
  `if(isNull(${sql}), ${otherwise}, ${write(`assumeNotNull(${sql})`)})`;
