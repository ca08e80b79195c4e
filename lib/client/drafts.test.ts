import { describe, expect, it } from "vitest";
import { draftOf, forgetDrafts, hasFieldsOf } from "./drafts";

/** Like a browser's storage: its keys are its own properties. */
function storage(): Storage {
  const kept: Storage = Object.create({
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => {
      kept[key] = value;
    },
    removeItem: (key: string) => {
      delete kept[key];
    },
  });
  return kept;
}

const isText = (value: unknown): value is string => typeof value === "string";

describe("a draft", () => {
  it("is kept for each name, until it is removed", () => {
    const tab = storage();
    const [mine, theirs] = ["mine", "theirs"].map((name) => draftOf(["export", name], isText, tab));
    mine!.write("a");
    expect([mine!.read(), theirs!.read()]).toEqual(["a", null]);
    mine!.remove();
    expect(mine!.read()).toBeNull();
  });

  it("is dropped if it is damaged or of an earlier form, and is nothing without a storage", () => {
    const tab = storage();
    const draft = draftOf(["x"], isText, tab);
    tab.setItem("penstock:draft:x", "{");
    expect(draft.read()).toBeNull();
    tab.setItem("penstock:draft:x", "1");
    expect(draft.read()).toBeNull();
    const none = draftOf(["x"], isText, null);
    none.write("a");
    expect(none.read()).toBeNull();
  });

  it("survives a full storage", () => {
    const full = {
      setItem: () => {
        throw new Error("full");
      },
      getItem: () => null,
    } as unknown as Storage;
    expect(() => draftOf(["x"], isText, full).write("a")).not.toThrow();
  });

  it("goes with all others when a person signs out, and nothing else does", () => {
    const tab = storage();
    draftOf(["a"], isText, tab).write("a");
    tab.setItem("theme", "dark");
    forgetDrafts(tab);
    expect(Object.keys(tab)).toEqual(["theme"]);
  });
});

it.each([
  [{ name: "", startAt: null }, { name: "a", startAt: "2026" }, true],
  [{ name: "", startAt: null }, { name: "a" }, false],
  [{ list: [] }, { list: {} }, false],
  [{ list: [] }, { list: null }, true],
  [{ count: 1 }, { count: "1" }, false],
  [{ name: "" }, null, false],
])("knows whether the fields of %j are in %j", (example, value, expected) => {
  expect(hasFieldsOf<object>(example, value)).toBe(expected);
});
