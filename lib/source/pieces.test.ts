import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { piecesOf } from "./pieces";

const DAY = 86_400_000_000;
const table = { from: "events", table: "events" };

describe("pieces of a span", () => {
  it("cover it without a gap, in whole steps, and are not many", () => {
    const span = fc.record({ from: fc.nat(2 * 1e15), length: fc.integer({ min: 1, max: 4000 * DAY }) });
    fc.assert(
      fc.property(span, fc.integer({ min: 1, max: 2 * DAY }), ({ from, length }, step) => {
        const pieces = piecesOf(table, { from, to: from + length }, step);
        expect(pieces.length).toBeLessThanOrEqual(64);
        expect(pieces[0]?.from).toBe(from);
        expect(pieces.at(-1)?.to).toBe(from + length);
        for (const [i, piece] of pieces.entries()) {
          expect(piece.to).toBeGreaterThan(piece.from);
          if (i > 0) expect(piece.from).toBe(pieces[i - 1]?.to);
          if (i < pieces.length - 1) expect((piece.to - piece.from) % step).toBe(0);
        }
      }),
    );
  });

  it.each([
    ["a day", table, DAY, 1],
    ["a week", table, 7 * DAY, 7],
    ["ten years", table, 3650 * DAY, 64],
    ["a week of a query", { ...table, from: "(SELECT 1)" }, 7 * DAY, 1],
  ])("of %s", (_, model, length, count) => {
    expect(piecesOf(model, { from: 0, to: length }, 1000)).toHaveLength(count);
  });
});
