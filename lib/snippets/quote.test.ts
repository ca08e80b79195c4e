import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapedText, pythonText, shellWord, snowflakeText, sqlName, sqlText, tickedName } from "./quote";

/** Whatever keys may hold, and more. */
const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.string({
    unit: fc.constantFrom("'", '"', "\\", "`", "$", "\n", " ", "a", "{", "*", "!", "#", "ü"),
    maxLength: 12,
  }),
);

/** Reads a literal between quotes, where some sequences stand for others. */
function readBack(literal: string, quote: string, sequences: Record<string, string>): string {
  if (!literal.startsWith(quote) || !literal.endsWith(quote)) throw new Error(`No literal: ${literal}`);
  const inner = literal.slice(1, -1);
  let value = "";
  for (let at = 0; at < inner.length; at++) {
    const pair = inner.slice(at, at + 2);
    const read = sequences[pair];
    if (read === undefined && inner[at] === quote) throw new Error(`The literal ends early: ${literal}`);
    value += read ?? inner[at];
    if (read !== undefined) at++;
  }
  return value;
}

const BACKSLASHES = { "\\\\": "\\", "\\'": "'", "\\n": "\n", "\\r": "\r", "\\t": "\t" };

describe("a quoted text is read as itself", () => {
  it.each([
    ["SQL", sqlText, "'", { "''": "'" }],
    ["BigQuery and Hive", escapedText, "'", BACKSLASHES],
    ["Snowflake", snowflakeText, "'", { "''": "'", "\\\\": "\\" }],
    ["names of SQL", sqlName, '"', { '""': '"' }],
  ] as const)("in %s", (_, quote, mark, sequences) => {
    fc.assert(fc.property(text, (value) => readBack(quote(value), mark, sequences) === value));
  });

  it("in Python, whose escapes include JSON’s", () => {
    fc.assert(fc.property(text, (value) => JSON.parse(pythonText(value)) === value));
    expect(pythonText('a\u2028b\n"')).not.toMatch(/\n/);
  });

  it("in a shell", () => {
    const words = fc.sample(text, 300).map((word) => word.replaceAll("\0", ""));
    const script = `printf '%s\\0' ${words.map(shellWord).join(" ")}`;
    const printed = execFileSync("sh", ["-c", script]).toString();
    expect(printed.split("\0").slice(0, -1)).toEqual(words.map((word) => Buffer.from(word).toString()));
  });
});

it("quotes a name of a column in backticks", () => {
  expect(tickedName("$insert_id")).toBe("`$insert_id`");
});
