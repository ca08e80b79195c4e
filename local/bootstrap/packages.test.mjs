import { expect, test } from "vitest";
import { isCurrent } from "./packages.mjs";

const here = { os: [process.platform], cpu: process.arch };
const elsewhere = { os: ["plan9"] };
const lock = new Map([
  ["node_modules/a", { version: "1.0.0" }],
  ["node_modules/binary-here", { version: "2.0.0", optional: true, ...here }],
  ["node_modules/binary-elsewhere", { version: "2.0.0", optional: true, ...elsewhere }],
]);
const tree = (entries) => new Map(Object.entries(entries).map(([name, entry]) => [`node_modules/${name}`, entry]));
const a = { version: "1.0.0" };

test.each([
  ["all that this platform needs", true, { a, "binary-here": lock.get("node_modules/binary-here") }],
  ["no optional package", true, { a }],
  ["an optional package that the lock file lacks", true, { a, other: { version: "1.0.0", optional: true } }],
  ["a missing package", false, {}],
  ["another version", false, { a: { version: "1.0.1" } }],
  ["a package that was removed", false, { a, old: { version: "1.0.0" } }],
  [
    "a binary of another platform",
    false,
    { a, "binary-elsewhere": { version: "2.0.0", optional: true, ...elsewhere } },
  ],
])("a tree with %s: current is %s", (_, expected, installed) => {
  expect(isCurrent(lock, tree(installed))).toBe(expected);
});

test("a package may name the platforms that it is not for", () => {
  const not = { version: "1.0.0", os: [`!${process.platform}`] };
  expect(isCurrent(new Map([["node_modules/n", not]]), new Map())).toBe(true);
  expect(isCurrent(new Map([["node_modules/n", { ...not, os: ["!plan9"] }]]), new Map())).toBe(false);
});
