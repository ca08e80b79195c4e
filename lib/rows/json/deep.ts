import { quote } from "@/lib/rows/quote";
import { NUMBER } from "./sql";

/** A document with no more brackets is within the depth of 1,024 that ClickHouse's parser allows. */
const SHALLOW = 500;

/** Whether a document may be too deep for ClickHouse's parser. */
export const mayBeDeep = (sql: string): string =>
  `countSubstrings(${sql}, '{') + countSubstrings(${sql}, '[') > ${SHALLOW}`;

const STRING = String.raw`"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"`;
/** A JSON token, or any other character, which valid JSON never has between tokens. */
const TOKEN = `(?s)${[STRING, String.raw`[{}\[\],:]`, NUMBER, "true|false|null", String.raw`[^ \t\n\r]`].join("|")}`;

/** SQL for a document's tokens. Costs fifty times ClickHouse's parser. */
export const tokensOf = (sql: string): string => `extractAll(${sql}, ${quote(TOKEN)})`;

/**
 * SQL for the kinds of tokens. A bracket, comma, or colon is its own kind; S is a string, N another scalar, X invalid.
 */
export const kindsOf = (tokens: string): string =>
  `arrayMap(x -> multiIf(position('{}[],:', x) > 0, x, startsWith(x, '"') AND length(x) > 1, 'S', ` +
  `x IN ('true', 'false', 'null') OR match(x, '^-?[0-9]'), 'N', 'X'), ${tokens})`;

const OPENS = "('{', '[')";
const CLOSES = "('}', ']')";

/** SQL for how many brackets enclose each token, a bracket's own pair included. */
export const levelsOf = (kinds: string): string =>
  `arrayMap((level, k) -> level + (k IN ${CLOSES}), arrayCumSum(arrayMap(k -> toInt64(k IN ${OPENS}) - toInt64(k IN ${CLOSES}), ${kinds})), ${kinds})`;

/**
 * Token kinds sorted by level, then by position. Each opening bracket also counts as a V on the level around it, so the
 * brackets of one level follow each other with their content, and a regular expression can check them.
 */
const byLevel = (kinds: string, levels: string) =>
  `arrayStringConcat(arraySort((k, at) -> at, ` +
  `arrayConcat(${kinds}, arrayMap(k -> if(k IN ${OPENS}, 'V', ''), ${kinds})), ` +
  `arrayConcat(arrayMap((l, i) -> (l, i), ${levels}, arrayEnumerate(${kinds})), ` +
  `arrayMap((l, i) -> (l - 1, i), ${levels}, arrayEnumerate(${kinds})))))`;

const VALUE = "[SNV]";
const OBJECT = String.raw`\{(?:S:${VALUE}(?:,S:${VALUE})*)?\}`;
const ARRAY = String.raw`\[(?:${VALUE}(?:,${VALUE})*)?\]`;
const VALID = `^${VALUE}(?:${OBJECT}|${ARRAY})*$`;

/** Whether tokens form valid JSON of any depth. */
export const areValid = (kinds: string, levels: string): string => `match(${byLevel(kinds, levels)}, ${quote(VALID)})`;

/** SQL for the positions of an object's own brackets and commas among valid tokens; empty if they aren't an object. */
export const partings = (kinds: string, levels: string): string =>
  `if(${kinds}[1] = '{', arrayFilter((i, x, level) -> level = 1 AND x IN ('{', ',', '}'), arrayEnumerate(${kinds}), ${kinds}, ${levels}), [])`;

/** SQL for an object's keys and values, both as JSON without whitespace between tokens. */
export const deepEntries = (tokens: string, places: string): string =>
  `arrayFilter(e -> e.1 != '', arrayMap((a, b) -> (if(b - a > 2, ${tokens}[a + 1], ''), ` +
  `arrayStringConcat(arraySlice(${tokens}, a + 3, b - a - 3))), arrayPopBack(${places}), arrayPopFront(${places})))`;
