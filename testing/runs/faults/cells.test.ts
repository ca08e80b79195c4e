import { describe, expect, it } from "vitest";
import { cellsOf, S3_TROUBLES, type Step, sample } from "./cells";

const steps: Step[] = [
  { name: "CompleteMultipartUpload", nth: 1, hasBody: true },
  { name: "DeleteObject data", nth: 1, hasBody: false },
];

describe("a matrix", () => {
  const cells = cellsOf("retry", steps, S3_TROUBLES);

  it("has every trouble at every step that can have it, each by a name of its own", () => {
    const all = Object.keys(S3_TROUBLES).length;
    expect(cells).toHaveLength(2 * all - 2);
    expect(new Set(cells.map(({ name }) => name)).size).toBe(cells.length);
    expect(cells.map(({ name }) => name)).toContain("DeleteObject data 1: kill -9 before (retry)");
    expect(cells.map(({ name }) => name)).not.toContain("DeleteObject data 1: body cut (retry)");
  });

  it("has a sample that is the same whatever order the cells come in", () => {
    const few = sample(cells, { quick: 3, lost: 2 });
    expect(few.filter(({ trouble }) => trouble.kind === "worker")).toHaveLength(2);
    expect(few).toHaveLength(5);
    expect(sample(cells.toReversed(), { quick: 3, lost: 2 })).toEqual(few);
  });
});
