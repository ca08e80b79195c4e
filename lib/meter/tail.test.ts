import fc from "fast-check";
import { expect, it } from "vitest";
import { Tail } from "./tail";

it("keeps the last bytes, however they come", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), fc.integer({ min: 1, max: 24 }), (chunks, size) => {
      const tail = new Tail(size);
      for (const chunk of chunks) tail.add(Buffer.from(chunk));
      const all = Buffer.concat(chunks);
      const kept = tail.bytes();
      expect(kept.length).toBeGreaterThanOrEqual(Math.min(size, all.length));
      expect(kept).toEqual(all.subarray(all.length - kept.length));
    }),
  );
});
