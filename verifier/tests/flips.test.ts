import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { isLong } from "@/testing/runs/is-long";
import { inspectPlace } from "./inspect";
import { makeBuckets } from "./make-buckets";
import { memoryPlace } from "./memory-place";

const FLIPS = isLong ? 10_000 : 300;
const SEED = Number(process.env.PENSTOCK_SEED ?? Date.now() % 1_000_000);

const { folder, remove } = makeBuckets();
afterAll(remove);

function readBucket(path: string): Map<string, Uint8Array> {
  const names = readdirSync(path, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => statSync(join(path, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(path, name))]));
}

/** Mulberry32: the same numbers for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The last has many receipts, so each try takes long. */
const SHARES: [string, number][] = [
  ["good", 0.6 * FLIPS],
  ["genesis", 0.3 * FLIPS],
  ["good-formats", 0.1 * FLIPS],
];

it.each(SHARES)(
  `finds each flipped bit in %s, in %i tries (seed ${SEED})`,
  { timeout: 3_600_000 },
  async (name, tries) => {
    const objects = readBucket(join(folder, name));
    // Who can change the keys beside the receipts can change everything: docs/verify.md.
    const targets = [...objects.keys()].filter((key) => !key.endsWith("keys.json") && objects.get(key)?.length);
    const next = random(SEED);
    const below = (limit: number) => Math.floor(next() * limit);
    for (let flip = 0; flip < tries; flip += 1) {
      const key = targets[below(targets.length)]!;
      const bytes = Uint8Array.from(objects.get(key)!);
      const [at, bit] = [below(bytes.length), below(8)];
      bytes[at] = bytes[at]! ^ (1 << bit);
      const { exit } = await inspectPlace(memoryPlace(new Map([...objects, [key, bytes]])));
      // A receipt of version 1 that now names another export can't be false: nothing signed it.
      const isUnsigned = Buffer.from(bytes).toString().includes('"version": 1');
      expect(isUnsigned ? [1, 2] : [1], `bit ${bit} of byte ${at} of ${key}`).toContain(exit);
    }
  },
);
