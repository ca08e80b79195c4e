import { describe, expect, it } from "vitest";
import { FORMAT_NAMES } from "../formats/registry";
import { LAYOUT_NAMES, layoutOf } from "./registry";

describe("every format", () => {
  it.each(FORMAT_NAMES)("%s is allowed by a layout, so that it can be chosen", (format) => {
    expect(LAYOUT_NAMES.filter((name) => layoutOf(name).formats.includes(format))).not.toEqual([]);
  });
});
