import { describe, expect, it } from "vitest";
import { logText } from "./log-text";

const time = new Date("2026-11-24T10:00:00.000Z");

describe("a line of a log as text", () => {
  it.each([
    [
      { level: "warn", attempt: 2, file: "raw/a.jsonl.gz", message: "Trying again." },
      "2026-11-24T10:00:00.000Z  WARN  attempt 2  raw/a.jsonl.gz  Trying again.\n",
    ],
    [
      { level: "debug", attempt: 1, file: null, message: "Begins." },
      "2026-11-24T10:00:00.000Z  DEBUG  attempt 1  Begins.\n",
    ],
    [
      { level: "error", attempt: 1, file: "a\nb", message: "one\r\ntwo" },
      "2026-11-24T10:00:00.000Z  ERROR  attempt 1  a b  one two\n",
    ],
  ] as const)("%j", (line, text) => {
    expect(logText({ time, ...line })).toBe(text);
  });
});
