import type { Reason } from "@/lib/fields/receipt";
import { quote } from "@/lib/rows/quote";
import { jsonString, utf8 } from "../text";
import { backslashesAside, backslashesBack } from "./aside";
import { documents, isPlainJson, READ } from "./document";
import { between, joined, pieces } from "./pieces";
import { NUMBER, steps } from "./sql";
import { twoWays } from "./two-ways";

/** JSON limits of a destination. */
export interface JsonLimits {
  /** Maximum nesting depth. */
  depth: number;
  /**
   * RE2 pattern found in every document with a number beyond the limit. Others may match too; they are checked exactly.
   */
  mayExceed: string;
  /** SQL that is true for a JSON number that is stored unchanged. */
  holds(number: string): string;
  /** Whether a NUL within a string becomes U+FFFD. */
  replacesNul: boolean;
}

const NUL_ESCAPE = "'\\\\u0000'";
const hasNul = (sql: string) => `position(${backslashesAside(sql)}, ${NUL_ESCAPE}) > 0`;
const withoutNul = (sql: string) => backslashesBack(`replaceAll(${backslashesAside(sql)}, ${NUL_ESCAPE}, '\\\\ufffd')`);

/** Counts the NULs in a JSON text's strings. */
export const countNuls = (sql: string): string => `countSubstrings(${backslashesAside(sql)}, ${NUL_ESCAPE})`;

const depthOf = (sql: string) =>
  `arrayMax(arrayPushFront(arrayCumSum(arrayMap(c -> multiIf(c IN ('{', '['), 1, c IN ('}', ']'), -1, 0), ` +
  `splitByString('', replaceRegexpAll(${between(pieces(sql))}, '[^\\\\[\\\\]{}]', '')))), 0))`;

const opened = (sql: string) => `countSubstrings(${sql}, '{') + countSubstrings(${sql}, '[')`;
const mayBeTooDeep = (sql: string, { depth }: JsonLimits) => `${opened(sql)} > ${depth}`;
const isTooDeep = (sql: string, { depth }: JsonLimits) =>
  `${depthOf(`if(${opened(sql)} > ${depth}, ${sql}, '')`)} > ${depth}`;

/** Delimits numbers by bytes that JSON never contains: every second part is a number. */
const parted = (sql: string) =>
  `splitByChar(char(3), ${joined(
    pieces(sql),
    (s) => s,
    (s) => `replaceRegexpAll(${s}, ${quote(NUMBER)}, '\\x03\\\\0\\x03')`,
  )})`;

const numbersAsText = (parts: string, { holds }: JsonLimits) =>
  `arrayStringConcat(arrayMap((p, j) -> if(j % 2 = 0 AND NOT ${holds("p")}, concat('"', p, '"'), p), ${parts}, arrayEnumerate(${parts})))`;

const hasNumberBeyond = (parts: string, { holds }: JsonLimits) =>
  `arrayExists((p, j) -> j % 2 = 0 AND NOT ${holds("p")}, ${parts}, arrayEnumerate(${parts}))`;

/** Whether a document is stored unchanged, as far as ClickHouse's parser and the cheapest checks can say. */
const isPlain = (sql: string, limits: JsonLimits | undefined) =>
  [
    isPlainJson(sql),
    ...(limits ? [`NOT match(${sql}, ${quote(limits.mayExceed)})`, `NOT ${mayBeTooDeep(sql, limits)}`] : []),
    ...(limits?.replacesNul ? [`position(${sql}, 'u0000') = 0`] : []),
  ].join(" AND ");

/** Fits a read document to the destination, in steps. */
function fitted(read: string, limits: JsonLimits | undefined): string {
  const { source, repaired, isJson } = READ;
  const lines = (text: string) => `translate(${text}, '\\n\\r', '  ')`;
  if (!limits) return steps(read, `if(${isJson}, ${lines(repaired)}, ${jsonString(source)})`);
  const whole = numbersAsText("t.4", limits);
  return steps(
    read,
    `(${source}, ${repaired}, ${isJson}, if(${isJson} AND match(${repaired}, ${quote(limits.mayExceed)}), ${parted(repaired)}, [${repaired}]))`,
    `multiIf(NOT ${isJson}, ${jsonString(source)}, ${isTooDeep(repaired, limits)}, toJSONString(${repaired}), ${lines(whole)})`,
    ...(limits.replacesNul ? [withoutNul("t")] : []),
  );
}

/**
 * A JSON column as JSON: the document unchanged, so that numbers keep every digit and objects stay nested. Line breaks
 * between tokens become spaces, and non-characters U+FFFD. Numbers and depths that the destination can't hold become
 * strings, and so does text that isn't JSON. Almost every row takes the first branch.
 */
export function jsonValue(sql: string, limits?: JsonLimits): string {
  const plain = `${isPlain(sql, limits)} AND position(${sql}, '\\n') = 0 AND position(${sql}, '\\r') = 0`;
  const exact = `arrayElement(${fitted(documents(`if(${plain}, [], [${sql}])`), limits)}, 1)`;
  return twoWays({ when: plain, plain: sql, exact, none: "''" });
}

const NO_REASONS = "emptyArrayString()";

const when = (condition: string, reason: Reason) => `if(${condition}, ['${reason}'], [])`;

/** SQL for the reasons why a JSON column's value is changed: none for almost every row. */
export function jsonReasons(sql: string, limits?: JsonLimits): string {
  const { source, repaired, isJson } = READ;
  const valid = utf8(source);
  const ofJson = [when(`${repaired} != ${valid}`, "lone_surrogate")];
  const ofText = ["['not_json']"];
  if (limits) {
    const beyond = hasNumberBeyond(
      parted(`if(match(${repaired}, ${quote(limits.mayExceed)}), ${repaired}, '')`),
      limits,
    );
    ofJson.push(`if(${isTooDeep(repaired, limits)}, ['depth_as_string'], ${when(beyond, "number_as_string")})`);
  }
  if (limits?.replacesNul) {
    ofJson.push(when(hasNul(repaired), "nul"));
    ofText.push(when(`position(${source}, char(0)) > 0`, "nul"));
  }
  const plain = isPlain(sql, limits);
  const found = steps(
    documents(`if(${plain}, [], [${sql}])`),
    `arrayConcat(${when(`${valid} != ${source}`, "invalid_utf8")}, if(${isJson}, arrayConcat([], ${ofJson.join(", ")}), arrayConcat([], ${ofText.join(", ")})))`,
  );
  return twoWays({ when: plain, plain: NO_REASONS, exact: `arrayElement(${found}, 1)`, none: NO_REASONS });
}
