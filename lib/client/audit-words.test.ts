import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { actionsOn, actionWords, entryWords, fieldWords, objectWords, valueWords } from "./audit-words";

it.each([
  ["export.create", "Export created"],
  ["api-key.revoke", "API key revoked"],
  ["keys.release", "Reserved keys released"],
  ["account.password", "Password changed"],
  ["new-thing.turn-round", "New thing turn round"],
])("says %s as %s", (action, words) => expect(actionWords(action)).toBe(words));

it.each([
  [[{ field: "ok", before: null, after: true }], "Connection verification passed"],
  [
    [
      { field: "failed", before: null, after: ["Write"] },
      { field: "ok", before: null, after: false },
    ],
    "Connection verification failed",
  ],
  [[], "Connection verification"],
])("says of a verification how it ended: %j", (changes, words) => {
  expect(entryWords({ action: "connection.verify", changes })).toBe(words);
});

it("says what an entry did as its action says", () => {
  expect(entryWords({ action: "export.create", changes: [{ field: "ok", before: null, after: false }] })).toBe(
    "Export created",
  );
});

it("names objects that it does not know by their own name", () => {
  expect(objectWords("alert-channel")).toBe("Alert channel");
  expect(objectWords("some-thing")).toBe("Some thing");
});

it("takes a field's path apart", () => {
  expect(fieldWords("destination.maxFileSizeMb")).toBe("destination › max file size mb");
});

it.each([
  [null, "none"],
  ["", "none"],
  [[], "none"],
  [true, "yes"],
  [0, "0"],
  [["read", "write"], "read, write"],
  [{ a: 1 }, '{"a":1}'],
])("shows the value %j as %s", (value, words) => expect(valueWords(value)).toBe(words));

it("offers the actions on one kind of object, or all", () => {
  expect(actionsOn("api-key").map(({ value }) => value)).toEqual(["api-key.create", "api-key.revoke"]);
  expect(actionsOn("").map(({ value }) => value)).toEqual(expect.arrayContaining(["export.pause", "member.update"]));
});

it("offers all actions that services write, and no other", () => {
  const sources = globSync("lib/services/**/*.ts", { exclude: (name) => name.endsWith(".test.ts") });
  const written = sources.flatMap((file) => {
    const text = readFileSync(file, "utf8");
    return text.includes("recordAudit") ? [...text.matchAll(/"([a-z-]+\.[a-z-]+)"/g)].map(([, action]) => action) : [];
  });
  expect([...new Set(written)].sort()).toEqual(
    actionsOn("")
      .map(({ value }) => value)
      .sort(),
  );
});
