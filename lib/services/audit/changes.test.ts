import { describe, expect, it } from "vitest";
import { changesBetween, Secret } from "./changes";

describe("what changed", () => {
  it.each([
    ["nothing", { a: 1, b: [1] }, { b: [1], a: 1 }, []],
    ["a field", { a: 1, b: 2 }, { a: 1, b: 3 }, [{ field: "b", before: 2, after: 3 }]],
    ["a field within", { c: { a: 1, b: 2 } }, { c: { a: 1, b: 3 } }, [{ field: "c.b", before: 2, after: 3 }]],
    ["a new object", null, { a: 1 }, [{ field: "a", before: null, after: 1 }]],
    ["an object that goes", { a: 1 }, null, [{ field: "a", before: 1, after: null }]],
    ["null to nothing", { a: null }, {}, []],
    ["a list", { a: [1, 2] }, { a: [2] }, [{ field: "a", before: [1, 2], after: [2] }]],
    [
      "a moment",
      { at: new Date(0) },
      { at: new Date(1) },
      [{ field: "at", before: "1970-01-01T00:00:00.000Z", after: "1970-01-01T00:00:00.001Z" }],
    ],
    [
      "a secret",
      { config: { serviceAccountKey: new Secret("old") } },
      { config: { serviceAccountKey: new Secret("new") } },
      [{ field: "config.serviceAccountKey", before: null, after: null }],
    ],
    ["a secret that is new", null, { key: new Secret("new") }, [{ field: "key", before: null, after: null }]],
    ["a secret that goes", { key: new Secret("old") }, { key: null }, [{ field: "key", before: null, after: null }]],
    ["the same secret", { key: new Secret("old") }, { key: new Secret("old") }, []],
  ])("%s", (_, before, after, changes) => {
    expect(changesBetween(before, after)).toEqual(changes);
  });
});
