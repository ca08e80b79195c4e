import { quote } from "@/lib/rows/quote";

/** Escaped backslashes and quotes wait as single bytes, so that every quote left begins or ends a string. */
const aside = (sql: string) => `replaceAll(replaceAll(${sql}, ${quote("\\\\")}, char(1)), ${quote('\\"')}, char(2))`;

const back = (sql: string) => `replaceAll(replaceAll(${sql}, char(2), ${quote('\\"')}), char(1), ${quote("\\\\")})`;

/** SQL for the pieces between a document's quotes: those at even places are strings, the others what is between strings. */
export const pieces = (sql: string): string => `splitByChar('"', ${aside(sql)})`;

/**
 * SQL for the document that pieces make, rewritten: strings with `inside`, what is between them with `outside`. Both get the name of a
 * piece.
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

/** SQL for the pieces that are not strings, in one text. */
export const between = (list: string): string =>
  `arrayStringConcat(arrayFilter((s, i) -> i % 2 = 1, ${list}, arrayEnumerate(${list})))`;
