import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findRoot } from "../core/root";
import type { Summary } from "../core/summary";

const summary = (values: Partial<Summary>): Summary => ({
  name: "m",
  version: 2,
  hash: "",
  bytesHash: "",
  exportId: "e",
  runId: "r",
  window: null,
  keys: [],
  prefix: null,
  link: null,
  ...values,
});

const part = fc.stringMatching(/^[a-c]{1,2}$/);
const path = fc.array(part, { minLength: 1, maxLength: 4 });

describe("where a folder begins", () => {
  it("is found from files, wherever it was cut off", () => {
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 6, selector: String }), path, (names, root) => {
        // Two cuts fit only if names repeat what was cut off: "x" says that they don't.
        const below = names.map((name) => `x/${name.join("/")}`);
        const prefix = `${root.join("/")}/`;
        const manifests = below.map((name) => summary({ keys: [`${prefix}${name}`] }));
        expect(findRoot(manifests, [], new Set(below))).toBe(prefix);
        const all = new Set(below.map((name) => prefix + name));
        expect(findRoot(manifests, [], all)).toBe("");
      }),
    );
  });

  it("is the same for all: most files decide", () => {
    const manifests = [summary({ keys: ["p/a/f"] }), summary({ keys: ["p/b/f", "p/c/f"] })];
    expect(findRoot(manifests, [], new Set(["a/f", "b/f", "f"]))).toBe("p/");
  });

  it("is known from the chain, even if all files are gone", () => {
    const link = (name: string, prefix: string) => summary({ name: `${name}_penstock/e/chain/1.json`, prefix });
    expect(findRoot([], [link("", "p/q/")], new Set())).toBe("p/q/");
    expect(findRoot([], [link("q/", "p/q/")], new Set())).toBe("p/");
    expect(findRoot([], [link("p/q/", "p/q/")], new Set())).toBe("");
  });
});
