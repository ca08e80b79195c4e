import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { RunningHash } from "./running-hash";

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

it("knows the hash of a stream, and of its beginning at every step, however it is cut into chunks", () => {
  const chunks = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 });
  fc.assert(
    fc.property(chunks, fc.integer({ min: 1, max: 16 }), (all, step) => {
      const hash = new RunningHash(step);
      for (const chunk of all) hash.update(Buffer.from(chunk));
      const whole = Buffer.concat(all);
      expect(hash.bytes).toBe(whole.length);
      for (let end = 1; end <= whole.length + step; end += 1) {
        const isKnown = end <= whole.length && end % step === 0;
        expect(hash.upTo(end)).toBe(isKnown ? sha256(whole.subarray(0, end)) : undefined);
      }
      expect(hash.digest()).toBe(sha256(whole));
    }),
  );
});

it("keeps none without a step", () => {
  const hash = new RunningHash();
  hash.update(Buffer.alloc(10));
  expect([hash.upTo(10), hash.digest()]).toEqual([undefined, sha256(Buffer.alloc(10))]);
});
