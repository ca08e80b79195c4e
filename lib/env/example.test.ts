import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { exampleText } from "./example";
import { SECTIONS, webSchema, workerSchema } from "./schema";

const fields = Object.values(SECTIONS).flatMap((section) => Object.entries(section));
const guide = readFileSync("docs/configuration.md", "utf8");

/** Whether the guide has a row for a variable. */
const isInGuide = (name: string) =>
  guide.split("\n").some((line) => line.startsWith("|") && line.includes(`\`${name}\``));

/** What Node and the system set, which nobody configures here. */
const OF_THE_SYSTEM = ["HOME", "NODE_ENV", "PATH"];

/** The variables that a source file reads by name. */
function readBy(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const members = [...text.matchAll(/\benv\.([A-Z][A-Z0-9_]+)\b(?! = )/g)].map(([, name = ""]) => name);
  const taken = [...text.matchAll(/\{([^{}]*)\} = process\.env\b/g)].flatMap(([, names = ""]) => names.split(","));
  return [...members, ...taken.map((name) => name.replace(/:.*/, "").trim())];
}

it("puts every variable of the schema under a heading", () => {
  const all = new Set([...Object.keys(webSchema.shape), ...Object.keys(workerSchema.shape)]);
  expect(fields.map(([name]) => name).sort()).toEqual([...all].sort());
});

it.each(fields)("describes %s in a sentence", (_, field) => {
  expect(field.description).toMatch(/^\S.*\.$/);
});

it("is what .env.example says: npm run env:example writes it", () => {
  expect(readFileSync(".env.example", "utf8")).toBe(exampleText());
});

it.each(fields.map(([name]) => name))("has %s in docs/configuration.md", (name) => {
  expect(isInGuide(name)).toBe(true);
});

it("has every variable that the code reads in docs/configuration.md", () => {
  const files = globSync("{app,lib,local,server,worker}/**/*.{ts,tsx,mjs}").filter((file) => !file.includes(".test."));
  const names = new Set(["next.config.ts", ...files].flatMap(readBy));
  expect(names).toContain("NEXT_DIST_DIR");
  expect([...names].filter((name) => !OF_THE_SYSTEM.includes(name) && !isInGuide(name))).toEqual([]);
});
