import { describe, expect, it } from "vitest";
import { z } from "zod";
import { decodeCursor, encodeCursor, page } from "./paging";

const schema = z.tuple([z.number()]);

describe("cursors", () => {
  it("come back as they went", () => {
    expect(decodeCursor(schema, encodeCursor([7]))).toEqual([7]);
  });

  it.each(["", "x", "%%%", encodeCursor(["7"]), encodeCursor([])])("are refused when they are none: %j", (cursor) => {
    expect(() => decodeCursor(schema, cursor)).toThrow(/^cursor: Must be the nextCursor/);
  });
});

describe("pages", () => {
  const paged = (rows: number[], limit: number) =>
    page(
      rows,
      limit,
      (row) => row * 10,
      (row) => [row],
    );

  it("end without a cursor", () => {
    expect(paged([1, 2], 2)).toEqual({ items: [10, 20], nextCursor: null });
    expect(paged([], 2)).toEqual({ items: [], nextCursor: null });
  });

  it("go on after the last row that is shown", () => {
    const { items, nextCursor } = paged([1, 2, 3], 2);
    expect(items).toEqual([10, 20]);
    expect(decodeCursor(schema, nextCursor ?? "")).toEqual([2]);
  });
});
