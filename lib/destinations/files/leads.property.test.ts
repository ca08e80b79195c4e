import fc from "fast-check";
import { expect, it } from "vitest";
import { beginningsOf, rangesBelow } from "@/lib/rows/layouts/lead-ranges";
import { type Lead, leadsOf } from "@/lib/rows/layouts/leads";
import { meetingKey } from "@/lib/rows/layouts/meeting";
import { keysIn, pairs, situations } from "@/testing/random-exports";
import { isLong } from "@/testing/runs/is-long";
import { languageOf } from "./key-context";

const PAIRS = isLong ? 50_000 : 2000;

const before = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0;

/** Whether the index finds a lead from another one, in either direction. */
const finds = (mine: readonly Lead[], theirs: readonly Lead[]) =>
  theirs.some(({ text }) =>
    mine.some(
      (lead) =>
        beginningsOf(lead.text).includes(text) ||
        rangesBelow(lead).some(({ from, to }) => !before(text, from) && before(text, to)),
    ),
  );

it(`two exports whose keys meet find each other by their leads (${PAIRS} pairs)`, () => {
  let [apart, found] = [0, 0];
  fc.assert(
    fc.property(pairs, situations, ([a, b], situation) => {
      const [keysOfA, keysOfB] = [languageOf(a), languageOf(b)];
      const [one, other] = [leadsOf(keysOfA), leadsOf(keysOfB)];
      for (const key of keysIn(a, situation))
        expect(
          one.some(({ text, next }) => key.startsWith(text) && (key === text || next.includes(key[text.length]!))),
          key,
        ).toBe(true);
      const met = meetingKey(keysOfA, keysOfB) !== null;
      if (met) expect([finds(one, other), finds(other, one)]).toEqual([true, true]);
      else apart += 1;
      if (!met && finds(one, other)) found += 1;
    }),
    { numRuns: PAIRS },
  );
  // These pairs are alike by design; an index that finds everything would find all of them.
  expect(found / apart).toBeLessThan(0.95);
});

it("beginnings and ranges keep characters of several bytes whole", () => {
  expect(beginningsOf("ü😀")).toEqual(["", "ü", "ü😀"]);
  expect(rangesBelow({ text: "a", next: "3120x" })).toEqual([
    { from: "a0", to: "a4" },
    { from: "ax", to: "ay" },
  ]);
  expect(rangesBelow({ text: "a", next: "ü😀" })).toEqual([{ from: "a\u0080", to: "a\u{10ffff}" }]);
});
