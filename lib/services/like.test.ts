import { describe, expect, it } from "vitest";
import { beginsWith, contains } from "./like";

describe("patterns", () => {
  it.each([
    ["abc", "abc%", "%abc%"],
    ["50%", "50\\%%", "%50\\%%"],
    ["a_b", "a\\_b%", "%a\\_b%"],
    ["C:\\temp", "C:\\\\temp%", "%C:\\\\temp%"],
    ["", "%", "%%"],
  ])("take %j for itself", (text, beginning, anywhere) => {
    expect(beginsWith(text)).toBe(beginning);
    expect(contains(text)).toBe(anywhere);
  });
});
