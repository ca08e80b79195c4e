import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { languageOf } from "@/lib/destinations/files/key-context";
import { writingOf } from "@/lib/destinations/writing";
import { keysIn, pairs, situations } from "@/testing/random-exports";
import { isLong } from "@/testing/runs/is-long";
import { placeOf } from "./place";

const FIXED = { columns: null, filters: { includeEvents: [], excludeEvents: [], properties: [] } };

describe("a place", () => {
  it("has every key that its export writes, and each says which window it is of", () => {
    fc.assert(
      fc.property(pairs, situations, ([one], situation) => {
        const spec = { ...FIXED, model: one.model, destination: one.destination };
        const place = placeOf("a", spec, { address: "a", spec, sourceProjectId: one.sourceProjectId });
        const windows = situation.windows;
        for (const key of keysIn(one, situation)) {
          expect(place.isOurs(key)).toBe(true);
          expect(key.startsWith(place.prefix)).toBe(true);
          const trace = place.traceOf(key);
          if (key.endsWith("/_SUCCESS")) expect(trace).toBeNull();
          else if (trace && "at" in trace)
            expect(windows.some(({ start, end }) => isIn(trace.at, start, end))).toBe(true);
          else expect(trace?.requestId).toMatch(/^[a-z0-9]{16}$/);
        }
      }),
      { numRuns: isLong ? 20_000 : 500 },
    );
  });

  it("has none by their form once its export writes others, or elsewhere", () => {
    fc.assert(
      fc.property(pairs, situations, ([one, other], situation) => {
        const spec = { ...FIXED, model: one.model, destination: one.destination };
        const { sourceProjectId } = one;
        const moved = placeOf("a", spec, { address: "b", spec, sourceProjectId });
        const changed = placeOf("a", spec, { address: "a", spec: other, sourceProjectId });
        const isSame = JSON.stringify(languageOf(one)) === JSON.stringify(languageOf({ ...other, sourceProjectId }));
        for (const key of keysIn(one, situation)) {
          expect(moved.isOurs(key)).toBe(false);
          expect(changed.isOurs(key)).toBe(isSame);
        }
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ["template", "p/20269999T000000Z-20260329T010000Z.jsonl.gz"],
    ["template", "p/readme.txt"],
    ["amplitude", "p/1_2026-99-29_5#1.json.gz"],
    ["clevertap", "p/readme.txt"],
  ] as const)("has no window for a key of the layout %s that none can have", (layout, key) => {
    const destination = { layout } as never;
    expect(writingOf({ type: "s3", layout } as never).traceOf(destination, key)).toBeNull();
  });
});

/** Files by hour name the hour, which may begin before a window that was cut. */
const isIn = (at: Date, start: Date, end: Date) =>
  at.getTime() >= Math.floor(start.getTime() / 3_600_000) * 3_600_000 && at < end;
