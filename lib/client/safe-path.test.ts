import { describe, expect, it } from "vitest";
import { safePath } from "./safe-path";

describe("the place to go to after signing in", () => {
  it.each(["/", "/exports", "/exports/1?run=2&retry=1", "/open/0198/exports/1?run=2", "/a//b", "/exports#files"])(
    "is %j as it was asked for",
    (wanted) => expect(safePath(wanted)).toBe(wanted),
  );

  it.each([
    undefined,
    ["/a", "/b"],
    "",
    "exports",
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/.//evil.example",
    "/x/..//evil.example",
    "javascript:alert(1)",
    "///",
  ])("is the exports for %j", (wanted) => expect(safePath(wanted)).toBe("/exports"));
});
