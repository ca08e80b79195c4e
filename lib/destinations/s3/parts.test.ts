import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KIB, MIB } from "../../units";
import { type Part, partWriter } from "./parts";

describe("partWriter", () => {
  it("gives back what was written, in parts of one size, from a bounded number of buffers", async () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(
        chunks,
        fc.integer({ min: 1, max: 16 }),
        fc.integer({ min: 1, max: 3 }),
        async (all, size, most) => {
          const parts: Buffer[] = [];
          const underlying = new Set<ArrayBufferLike>();
          const writer = partWriter(size, most, ({ bytes, release }) => {
            underlying.add(bytes.buffer);
            parts.push(Buffer.from(bytes));
            setImmediate(release);
          });
          await pipeline(
            Readable.from(all.filter(({ length }) => length > 0).map((it) => Buffer.from(it))),
            writer.stream,
          );
          expect(Buffer.concat(parts)).toEqual(Buffer.concat(all));
          expect(parts.slice(0, -1).every(({ length }) => length === size)).toBe(true);
          expect(underlying.size).toBeLessThanOrEqual(most);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("has a small buffer for a small file, and one that grows for a larger one", async () => {
    const gathered = async (bytes: Buffer) => {
      const parts: Part[] = [];
      const writer = partWriter(MIB, 2, (part) => parts.push(part));
      await pipeline(Readable.from([bytes]), writer.stream);
      return parts;
    };
    const [small] = await gathered(Buffer.alloc(1000, 1));
    expect(small?.bytes).toEqual(Buffer.alloc(1000, 1));
    expect(small?.bytes.buffer.byteLength).toBe(64 * KIB);
    const large = randomBytes(1536 * KIB);
    const parts = await gathered(large);
    expect(parts.map(({ bytes }) => bytes.length)).toEqual([MIB, 512 * KIB]);
    expect(Buffer.concat(parts.map(({ bytes }) => bytes)).equals(large)).toBe(true);
  });

  it("takes nothing more while every buffer is on its way", async () => {
    const held: Part[] = [];
    const { stream: writer } = partWriter(4, 2, (part) => held.push(part));
    const written: number[] = [];
    for (const n of [1, 2, 3]) writer.write(Buffer.alloc(4, n), () => written.push(n));
    await new Promise(setImmediate);
    expect(written).toEqual([1, 2]);
    held[0]?.release();
    await new Promise(setImmediate);
    expect(written).toEqual([1, 2, 3]);
    expect(held[2]?.bytes).toEqual(Buffer.alloc(4, 3));
  });
});
