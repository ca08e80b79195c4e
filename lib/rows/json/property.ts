import { quote } from "@/lib/rows/quote";
import { documents, entriesOf, isPlainJson, lastOf, textOfJson } from "./document";
import { steps, through } from "./sql";
import { twoWays } from "./two-ways";

/** Escapes that a document may use for printable ASCII characters. */
const ASCII_ESCAPES = `[${[2, 3, 4, 5, 6, 7].map((digit) => quote(`\\u00${digit}`)).join(", ")}]`;

/** A key that JSON writes in only one way, apart from those escapes. */
const isOrdinary = (key: string) => /^[ !#-.0-[\]-~]+$/.test(key);

/**
 * SQL that is true if a document writes the characters of these keys unescaped, so that they are found by their text.
 */
const isUnescaped = (column: string, keys: readonly string[]): string =>
  keys.every(isOrdinary) ? `NOT multiSearchAny(${column}, ${ASCII_ESCAPES})` : `position(${column}, '\\\\') = 0`;

/** A key and its SQL: a parameter, or a literal. */
export interface Key {
  text: string;
  sql: string;
}

const quoted = ({ sql }: Key) => `concat('"', ${sql}, '"')`;
const BLANKS = String.raw`[ \t\n\r]*`;

/** A number's digits as the document writes them, if its key occurs once. */
const digits = (column: string, { sql }: Key) =>
  `extract(${column}, concat('"', regexpQuoteMeta(${sql}), ${quote(`"${BLANKS}:${BLANKS}(-?[0-9][-+.0-9eE]*)`)}))`;

/** ClickHouse's parser reformats numbers, so they come from the document. */
const plainValue = (column: string, key: Key) =>
  `if(JSONType(${column}, ${key.sql}) IN ('Int64', 'UInt64', 'Double'), ${digits(column, key)}, JSONExtractRaw(${column}, ${key.sql}))`;

/** Whether ClickHouse's parser finds these values like every other parser. */
const isPlain = (column: string, keys: readonly Key[]) =>
  [
    isPlainJson(column),
    isUnescaped(
      column,
      keys.map(({ text }) => text),
    ),
    ...keys.map((key) => `countSubstrings(${column}, ${quoted(key)}) < 2`),
    ...keys.map(({ sql }) => `JSONType(${column}, ${sql}) NOT IN ('Array', 'Object')`),
  ].join(" AND ");

/**
 * SQL that is true where `test` holds for the values of a JSON column's properties. `test` is called twice, with SQL
 * for each value as JSON in the order of `keys`, '' if missing. Nothing else in a document hides a value: numbers keep
 * their digits, the last of equal keys counts, and non-characters become U+FFFD. A document that isn't JSON has no
 * properties.
 */
export function whereProperties(column: string, keys: readonly Key[], test: (values: string[]) => string): string {
  const plain = `(${isPlain(column, keys)})`;
  const answer = `toBool(${test(keys.map((_, i) => `t.${i + 1}`))})`;
  const fast = through(`tuple(${keys.map((key) => plainValue(column, key)).join(", ")})`, answer);
  const values = `tuple(${keys.map(({ sql }) => lastOf("t", sql)).join(", ")})`;
  const slow = steps(entriesOf(documents(`if(${plain}, [], [${column}])`)), values, answer);
  return `if(${plain}, ${fast}, arrayElement(${slow}, 1))`;
}

/**
 * Numbers that ClickHouse's parser may reformat: minus zero, exponents, trailing zeros, tiny numbers, and more digits
 * than a double keeps. A false match within a string only makes a document slower to read.
 */
const ODD_NUMBER =
  String.raw`[:,\[][ \t\n\r]*-?(?:[0-9]+\.[0-9]*0(?:[^0-9]|$)|[0-9]+\.[0-9]{9}|[0-9]{7,}\.[0-9]{4}|[0-9]{13,}\.|0\.0000|[0-9.]+[eE])` +
  String.raw`|[:,\[][ \t\n\r]*-0[^.]`;

/** Whether a document has no duplicate keys: ClickHouse's parser takes the first of equal keys. */
const hasDistinctKeys = (column: string) =>
  `length(JSONExtractKeys(${column})) = length(arrayDistinct(JSONExtractKeys(${column})))`;

/** Whether ClickHouse's parser may reformat a number of a document. */
export const hasOddNumbers = (column: string): string => `match(${column}, ${quote(ODD_NUMBER)})`;

/** First characters of numbers, and of values that may contain numbers. */
const BEGIN_NUMBERS = `[${[..."-0123456789[{"].map(quote).join(", ")}]`;

/** Whether the numbers among values found by ClickHouse's parser have the document's digits. */
function hasItsDigits(column: string, values: readonly string[]): string {
  const present = `[${values.map((value) => `substring(ifNull(${value}, ''), 1, 1)`).join(", ")}]`;
  const isOdd = hasOddNumbers(column);
  return `NOT hasAny(if(${isOdd}, ${present}, []), ${BEGIN_NUMBERS})`;
}

/**
 * Aliased SQL expressions in stages. The last is a tuple of a JSON column's properties as Nullable(String): strings as
 * text, anything else as JSON, NULL if missing or null. As exact as `whereProperties`, in one pass over almost every
 * document. The keys must be our own, of plain characters.
 */
export function propertyTuple(column: string, keys: readonly string[], alias: string): string[][] {
  const type = `Tuple(${keys.map((key) => `\`${key}\` Nullable(String)`).join(", ")})`;
  const fast = `${alias}_plain`;
  const values = keys.map((_, i) => `tupleElement(${fast}, ${i + 1})`);
  const isExact =
    `${isPlainJson(column)} AND JSONType(${column}) = 'Object' AND ${hasDistinctKeys(column)} ` +
    `AND ${hasItsDigits(column, values)}`;
  const slow = steps(
    entriesOf(documents(`if(${alias}_exact, [], [${column}])`)),
    "(arrayReverse(t.1), arrayReverse(t.2))",
    `arrayMap(k -> t.2[indexOf(t.1, k)], [${keys.map(quote).join(", ")}])`,
    `arrayMap(x -> if(x IN ('', 'null'), NULL, ${textOfJson("x")}), t)`,
    `CAST((${keys.map((_, i) => `t[${i + 1}]`).join(", ")}), ${quote(type)})`,
  );
  return [
    [`JSONExtract(${column}, ${quote(type)}) AS ${fast}`],
    [`(${isExact}) AS ${alias}_exact`],
    [`${twoWays({ when: `${alias}_exact`, plain: fast, exact: `arrayElement(${slow}, 1)`, none: fast })} AS ${alias}`],
  ];
}

/**
 * SQL for a property of a JSON column as JSON, with every digit; '' if missing. As exact as `whereProperties`. The key
 * must be our own, of plain characters.
 */
export function propertyJson(column: string, key: string): string {
  const plain =
    `${isPlainJson(column)} AND NOT ${hasOddNumbers(column)} AND JSONType(${column}) = 'Object' ` +
    `AND ${hasDistinctKeys(column)}`;
  const slow = steps(entriesOf(documents(`if(${plain}, [], [${column}])`)), lastOf("t", quote(key)));
  const fast = `JSONExtractRaw(${column}, ${quote(key)})`;
  return twoWays({ when: plain, plain: fast, exact: `arrayElement(${slow}, 1)`, none: "''" });
}
