import { describe, expect, it } from "vitest";
import { textsOf } from "./texts";

const read = (source: string) => textsOf("x.tsx", source).map(({ text }) => text);

describe("the visible texts of a file", () => {
  it.each([
    ["an element with inner ones", "<p>Paused by <b>{user.name}</b> today</p>", ["Paused by {name} today"]],
    ["attributes", '<Button aria-label="Close" className="p-2 Flex" />', ["Close"]],
    ["a template", "toast.success(`Key “$" + "{name}” revoked`)", ["Key “{name}” revoked"]],
    ["both branches in an element", '<p>Is {on ? "On time" : "Off time"}</p>', ["Is {…}", "On time", "Off time"]],
    ["word tables", 'const WORDS = { done: "Completed" }', ["Completed"]],
    ["no imports, classes, types, or queries", 'import a from "A b"; type B = "C d"; cn("E f"); ask("SELECT a b")', []],
    ["no compared values", 'if (state === "Cancelled" || look["Late rows"]) show(1)', []],
    ["no lists of classes", 'const style = "flex items-center gap-2 text-sm"', []],
  ])("are read from %s", (_case, source, expected) => {
    expect(read(source)).toEqual(expected);
  });

  it("have their line", () => {
    expect(textsOf("x.ts", '\n\nthrow new Error("Not found here")')).toEqual([{ line: 3, text: "Not found here" }]);
  });
});
