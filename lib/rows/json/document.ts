import { areValid, deepEntries, kindsOf, levelsOf, mayBeDeep, partings, tokensOf } from "./deep";
import { marked, unmarked } from "./marked";
import { pieces } from "./pieces";
import { hasAside, repaired } from "./repair";
import { hasMark, steps } from "./sql";

/** Whether ClickHouse's parser reads a document like every other parser. True of almost every document. */
export const isPlainJson = (sql: string): string => `(isValidJSON(${sql}) AND NOT ${hasMark(sql)})`;

/** Facts about a document that was read in pieces, by their names in SQL. */
export const READ = {
  /** As in the source. */
  source: "t.1",
  /** With U+FFFD for everything that isn't a character. */
  repaired: "t.2",
  /** Whether it is JSON, even if ClickHouse's parser disagrees. */
  isJson: "t.3",
} as const;

const cannotBe = (sql: string) => `(${hasAside(sql)} OR ${hasMark(sql)})`;

/**
 * SQL that reads each document of an array in pieces, into a tuple that begins with `READ`. Accepts numbers of any size
 * and documents of any depth. Costs about ten times as much as ClickHouse's parser.
 */
export const documents = (array: string): string =>
  steps(
    array,
    `(t, ${repaired("t")})`,
    `(t.1, t.2, if(${cannotBe("t.2")}, [], ${pieces("t.2")}))`,
    `(t.1, t.2, ${marked("t.3")})`,
    `(t.1, t.2, isValidJSON(t.3), t.3)`,
    // Only documents too deep for ClickHouse's parser are tokenized.
    `(t.1, t.2, t.3, t.4, ${tokensOf(`if(NOT t.3 AND ${mayBeDeep("t.2")} AND NOT ${cannotBe("t.2")}, t.2, '')`)})`,
    `(t.1, t.2, t.3, t.4, t.5, ${kindsOf("t.5")})`,
    `(t.1, t.2, t.3, t.4, t.5, t.6, ${levelsOf("t.6")})`,
    `(t.1, t.2, t.3 OR ${areValid("t.6", "t.7")}, if(t.3, t.4, ''), t.5, ${partings("t.6", "t.7")})`,
  );

/** Decodes a JSON string. */
const decoded = (sql: string) =>
  `if(position(${sql}, '\\\\') = 0, substring(${sql}, 2, length(${sql}) - 2), JSONExtractString(${sql}))`;

/** A JSON value as text: a string's content, anything else as JSON. */
export const textOfJson = (sql: string): string => `if(startsWith(${sql}, '"'), ${decoded(sql)}, ${sql})`;

const shallow = (mark: string) =>
  `arrayMap(x -> (substring(x.1, 2), ${unmarked("x.2")}), JSONExtractKeysAndValuesRaw(if(JSONType(${mark}) = 'Object', ${mark}, '{}')))`;

const deep = (tokens: string, places: string) =>
  `arrayMap(x -> (${decoded("x.1")}, x.2), ${deepEntries(tokens, places)})`;

/**
 * SQL for the keys and values of documents read by `documents`: keys as text, values as JSON with every digit, in
 * document order and with duplicate keys. Empty for anything but an object. Never fails on part of a document.
 */
export const entriesOf = (read: string): string =>
  steps(read, `if(t.3, arrayConcat(${shallow("t.4")}, ${deep("t.5", "t.6")}), [])`);

/** The value of the last entry with a key, which is the one parsers keep; '' if there is none. */
export const lastOf = (entries: string, key: string): string =>
  `arrayReverse(${entries}.2)[indexOf(arrayReverse(${entries}.1), ${key})]`;
