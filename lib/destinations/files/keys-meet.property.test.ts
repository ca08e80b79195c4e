import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meetingKey } from "@/lib/rows/layouts/meeting";
import { regexOf } from "@/lib/rows/layouts/pattern";
import { type KeyedExport, keysIn, pairs, situations } from "@/testing/random-exports";
import { isLong } from "@/testing/runs/is-long";
import { languageOf } from "./key-context";

const PAIRS = isLong ? 50_000 : 1500;

function matcherOf(of: KeyedExport) {
  const machines = languageOf(of).patterns.map(regexOf);
  return (key: string) => machines.some((machine) => machine.test(key));
}

const isUniqueBoth = (a: KeyedExport, b: KeyedExport) =>
  a.destination.layout === "clevertap" && b.destination.layout === "clevertap";

describe("two exports in one bucket", () => {
  it(`are never both accepted when their keys meet (${PAIRS} pairs)`, () => {
    const count = { pairs: 0, accepted: 0, met: 0, keys: 0 };
    fc.assert(
      fc.property(pairs, situations, ([a, b], situation) => {
        const [keysOfA, keysOfB] = [keysIn(a, situation), keysIn(b, situation)];
        const [isOfA, isOfB] = [matcherOf(a), matcherOf(b)];
        for (const key of keysOfA) expect(isOfA(key), `${key} is a key of its own export`).toBe(true);
        for (const key of keysOfB) expect(isOfB(key), `${key} is a key of its own export`).toBe(true);

        const example = meetingKey(languageOf(a), languageOf(b));
        expect(meetingKey(languageOf(b), languageOf(a)) === null).toBe(example === null);
        const met = [...keysOfA].filter((key) => keysOfB.has(key));
        if (example === null) {
          expect(met).toEqual([]);
          if (!isUniqueBoth(a, b)) expect([...keysOfA].filter(isOfB)).toEqual([]);
        } else expect([isOfA(example), isOfB(example)]).toEqual([true, true]);

        count.pairs += 1;
        count.keys += keysOfA.size + keysOfB.size;
        if (example === null) count.accepted += 1;
        if (met.length > 0) count.met += 1;
      }),
      { numRuns: PAIRS },
    );
    const { accepted, met, keys } = count;
    console.log(
      `Keys that meet: ${count.pairs} pairs, ${keys} keys; ${accepted} accepted, ${count.pairs - accepted} refused, of which ${met} met`,
    );
    // A guard that refuses everything, or pairs that never meet, would prove nothing.
    expect(accepted / count.pairs).toBeGreaterThan(0.3);
    expect(met / count.pairs).toBeGreaterThan(0.05);
    expect(met / (count.pairs - accepted)).toBeGreaterThan(0.3);
  }, 1_800_000);
});
