import { quote } from "@/lib/rows/quote";

/** Replaces escaped backslashes and quotes by single bytes, so that every remaining quote begins or ends a string. */
const aside = (sql: string) => `replaceAll(replaceAll(${sql}, ${quote("\\\\")}, char(1)), ${quote('\\"')}, char(2))`;

const back = (sql: string) => `replaceAll(replaceAll(${sql}, char(2), ${quote('\\"')}), char(1), ${quote("\\\\")})`;

/** SQL for the pieces between a document's quotes: strings at even positions, what is between strings at odd ones. */
export const pieces = (sql: string): string => `splitByChar('"', ${aside(sql)})`;

/**
 * SQL that rewrites and rejoins pieces: strings with `inside`, the others with `outside`. Both get the name of a piece.
 */
export const joined = (
  list: string,
  inside: (s: string) => string,
  outside: (s: string) => string,
  quotes = '"',
): string =>
  back(
    `arrayStringConcat(arrayMap((s, i) -> if(i % 2 = 0, ${inside("s")}, ${outside("s")}), ${list}, arrayEnumerate(${list})), '${quotes}')`,
  );

/** SQL for the pieces that aren't strings, concatenated. */
export const between = (list: string): string =>
  `arrayStringConcat(arrayFilter((s, i) -> i % 2 = 1, ${list}, arrayEnumerate(${list})))`;
