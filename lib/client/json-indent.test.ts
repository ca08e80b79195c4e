import { describe, expect, it } from "vitest";
import { indentJson } from "./json-indent";

describe("indentJson", () => {
  it("sets objects and arrays apart, empty ones in one piece", () => {
    expect(indentJson('{"a":[1,{"b":null}],"c":{},"d":[ ]}')).toBe(
      '{\n  "a": [\n    1,\n    {\n      "b": null\n    }\n  ],\n  "c": {},\n  "d": [ ]\n}',
    );
  });

  it("keeps every digit of a number beyond 2^53", () => {
    expect(indentJson('{"id":9007199254740993}')).toContain("9007199254740993");
  });

  it("leaves what stands in strings alone", () => {
    const text = '{"a":"x, {y}: \\"z\\" [1,2]\\\\"}';
    expect(JSON.parse(indentJson(text))).toEqual(JSON.parse(text));
    expect(indentJson(text)).toContain('"x, {y}: \\"z\\" [1,2]\\\\"');
  });

  it("never fails on what isn't JSON", () => {
    expect(indentJson("}}] no")).toContain("no");
  });
});
