import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { inputsHash } from "./inputs";

let root = "";
const hash = () => inputsHash(root, ["lib", "next.config.ts", "missing"]);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "penstock-inputs-"));
  mkdirSync(join(root, "lib", "deep"), { recursive: true });
  writeFileSync(join(root, "lib", "deep", "a.ts"), "1");
  writeFileSync(join(root, "lib", "b.ts"), "2");
  writeFileSync(join(root, "next.config.ts"), "3");
});

afterEach(() => rmSync(root, { recursive: true }));

test("stays the same while nothing changes, tests aside", async () => {
  const before = await hash();
  writeFileSync(join(root, "lib", "b.test.ts"), "test");
  writeFileSync(join(root, "other.ts"), "not an input");
  expect(await hash()).toBe(before);
});

test.each([
  ["a changed file", () => writeFileSync(join(root, "lib", "deep", "a.ts"), "4")],
  ["a new file", () => writeFileSync(join(root, "lib", "c.ts"), "")],
  ["a removed file", () => rmSync(join(root, "lib", "b.ts"))],
  ["a changed top-level file", () => writeFileSync(join(root, "next.config.ts"), "5")],
])("changes with %s", async (_, change) => {
  const before = await hash();
  change();
  expect(await hash()).not.toBe(before);
});
