import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byteOrder } from "./byte-order";
import { scan } from "./scan";

/** A bucket that lists as S3 does, and how often it was asked. */
function bucketOf(keys: readonly string[], size = 1000) {
  const sorted = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  let asked = 0;
  return {
    list: async (prefix: string, after: string) => {
      asked += 1;
      const below = sorted.filter((key) => key.startsWith(prefix) && byteOrder(key, after) > 0);
      const objects = below.slice(0, size).map((key) => ({ key, etag: `etag of ${key}`, bytes: key.length }));
      return { objects, isLast: below.length <= size };
    },
    asked: () => asked,
  };
}

const hours = (count: number, name: (hour: string) => string) =>
  Array.from({ length: count }, (_, n) => name(new Date(n * 3_600_000).toISOString().slice(0, 13)));

describe("keys", () => {
  it("are compared by their bytes", () => {
    const anyText = fc.string({ unit: fc.constantFrom("a", "b", "/", "é", "\uffee", "\u{1f600}", "\u{10ffff}") });
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        expect(Math.sign(byteOrder(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });
});

describe("a scan", () => {
  it("finds every named key that is there and everything beside it, whatever the pages", async () => {
    const someKeys = fc.uniqueArray(fc.stringMatching(/^p\/[ab]{1,3}\/[0-3]{1,4}$/), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(
        someKeys,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 12 }),
        async (all, size, some) => {
          const named = [...all.filter((_, index) => index % some === 0), "p/c/9"];
          const bucket = bucketOf(all, size);
          const { found, beside, isWhole } = await scan(named, { prefix: "p/", isOurs: () => true, list: bucket.list });
          const there = new Set(all);
          for (const key of found.keys()) expect(there.has(key) && named.includes(key)).toBe(true);
          for (const key of beside) expect(there.has(key) && !named.includes(key)).toBe(true);
          if (!isWhole) return;
          expect([...found.keys()].sort()).toEqual(named.filter((key) => there.has(key)).sort());
          expect(beside.toSorted()).toEqual(all.filter((key) => !named.includes(key)).sort());
        },
      ),
      { numRuns: 500 },
    );
  });

  it("takes two pages where everything fits into one", async () => {
    const keys = hours(400, (hour) => `p/${hour}.gz`);
    const bucket = bucketOf(keys);
    const { found, isWhole } = await scan(keys.slice(100, 300), {
      prefix: "p/",
      isOurs: () => true,
      list: bucket.list,
    });
    expect([found.size, isWhole, bucket.asked() <= 2]).toEqual([200, true, true]);
  });

  it("skips objects between its windows in folders of many events, and says so", async () => {
    const names = Array.from({ length: 30 }, (_, n) => `event${n + 10}`);
    const keys = names.flatMap((name) => hours(5000, (hour) => `p/event=${name}/date=${hour}/f.gz`));
    const named = names.flatMap((name) => hours(5000, (hour) => `p/event=${name}/date=${hour}/f.gz`).slice(-200));
    const bucket = bucketOf(keys);
    const { found, isWhole } = await scan(named, { prefix: "p/", isOurs: () => true, list: bucket.list });
    expect([found.size, isWhole]).toEqual([named.length, false]);
    expect(bucket.asked()).toBeLessThan(100);
  });

  it("gives up where others crowd the neighborhood", async () => {
    const others = Array.from({ length: 200_000 }, (_, n) => `p/b${String(n).padStart(6, "0")}`);
    const bucket = bucketOf([...others, "p/a", "p/c"]);
    const { found, beside, isWhole } = await scan(["p/a", "p/c"], {
      prefix: "p/",
      isOurs: (key) => key === "p/b000001",
      list: bucket.list,
    });
    expect([found.has("p/a"), beside, isWhole]).toEqual([true, ["p/b000001"], false]);
    expect(bucket.asked()).toBeLessThan(50);
  });
});
