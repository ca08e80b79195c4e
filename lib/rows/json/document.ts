import { areValid, deepEntries, kindsOf, levelsOf, mayBeDeep, partings, tokensOf } from "./deep";
import { marked, unmarked } from "./marked";
import { pieces } from "./pieces";
import { hasAside, repaired } from "./repair";
import { hasMark, steps } from "./sql";

/** Whether ClickHouse's own parser reads a document as every other parser does. What almost every document is. */
export const isPlainJson = (sql: string): string => `(isValidJSON(${sql}) AND NOT ${hasMark(sql)})`;

/** What is known of a document that was read in pieces, each by what SQL calls it. */
export const READ = {
  /** As it is in the source. */
  source: "t.1",
  /** With what is no character replaced by U+FFFD. */
  repaired: "t.2",
  /** Whether it is JSON, whatever ClickHouse's parser makes of it. */
  isJson: "t.3",
} as const;

const cannotBe = (sql: string) => `(${hasAside(sql)} OR ${hasMark(sql)})`;

/**
 * SQL for an array's documents, each read in pieces: a tuple whose first elements are those of `READ`. Numbers of any size and documents
 * of any depth are JSON. Costs some ten times what ClickHouse's parser costs.
 */
export const documents = (array: string): string =>
  steps(
    array,
    `(t, ${repaired("t")})`,
    `(t.1, t.2, if(${cannotBe("t.2")}, [], ${pieces("t.2")}))`,
    `(t.1, t.2, ${marked("t.3")})`,
    `(t.1, t.2, isValidJSON(t.3), t.3)`,
    // Only what ClickHouse's parser can't read for its depth is taken apart into tokens.
    `(t.1, t.2, t.3, t.4, ${tokensOf(`if(NOT t.3 AND ${mayBeDeep("t.2")} AND NOT ${cannotBe("t.2")}, t.2, '')`)})`,
    `(t.1, t.2, t.3, t.4, t.5, ${kindsOf("t.5")})`,
    `(t.1, t.2, t.3, t.4, t.5, t.6, ${levelsOf("t.6")})`,
    `(t.1, t.2, t.3 OR ${areValid("t.6", "t.7")}, if(t.3, t.4, ''), t.5, ${partings("t.6", "t.7")})`,
  );

/** A string of JSON as text. */
const decoded = (sql: string) =>
  `if(position(${sql}, '\\\\') = 0, substring(${sql}, 2, length(${sql}) - 2), JSONExtractString(${sql}))`;

/** What a value of JSON says: a string's text, and anything else as JSON writes it. */
export const textOfJson = (sql: string): string => `if(startsWith(${sql}, '"'), ${decoded(sql)}, ${sql})`;

const shallow = (mark: string) =>
  `arrayMap(x -> (substring(x.1, 2), ${unmarked("x.2")}), JSONExtractKeysAndValuesRaw(if(JSONType(${mark}) = 'Object', ${mark}, '{}')))`;

const deep = (tokens: string, places: string) =>
  `arrayMap(x -> (${decoded("x.1")}, x.2), ${deepEntries(tokens, places)})`;

/**
 * SQL for the keys and values of documents that `documents` has read: keys as text, values as JSON whose numbers have every digit, in
 * their order and with all equal keys. Empty for what is no JSON object. Never fails on a part of a document.
 */
export const entriesOf = (read: string): string =>
  steps(read, `if(t.3, arrayConcat(${shallow("t.4")}, ${deep("t.5", "t.6")}), [])`);

/** The value of the last of an object's entries with a key, as a parser takes it; '' where there is none. */
export const lastOf = (entries: string, key: string): string =>
  `arrayReverse(${entries}.2)[indexOf(arrayReverse(${entries}.1), ${key})]`;
