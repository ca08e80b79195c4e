import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileSplitter, type SplitFile } from "./file-splitter";

const TOKEN = Buffer.from("a-token-12345678");

interface Row {
  hash: bigint;
  text: Buffer;
}

const tagged = (place: number, { hash, text }: Row) => {
  const tag = Buffer.alloc(10);
  tag.writeUInt16LE(place, 0);
  tag.writeBigUInt64LE(hash, 2);
  return Buffer.concat([TOKEN, tag, text]);
};

/** Prefixes of the token, bytes of tags, newlines, and nothing: what might confuse a splitter. */
const text = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.nat({ max: TOKEN.length - 1 }).map((length) => TOKEN.subarray(0, length)),
      fc.constantFrom("\n", '"\r\n"', "\0\0", "").map((one) => Buffer.from(one)),
    ),
    { maxLength: 6 },
  )
  .map((pieces) => Buffer.concat(pieces))
  .filter((bytes) => !bytes.includes(TOKEN));

const row = fc.record({ hash: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), text });
/** Files by position. Some are missing, as when their rows are gone. */
const files = fc
  .uniqueArray(fc.nat({ max: 999 }), { maxLength: 12 })
  .chain((places) =>
    fc.tuple(
      ...places
        .toSorted((a, b) => a - b)
        .map((place) => fc.record({ place: fc.constant(place), rows: fc.array(row, { minLength: 1, maxLength: 8 }) })),
    ),
  );

function cut(bytes: Buffer, sizes: number[]): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0, i = 0; at < bytes.length; i += 1) {
    const size = sizes.length === 0 ? bytes.length : sizes[i % sizes.length]!;
    chunks.push(Buffer.from(bytes.subarray(at, at + size)));
    at += size;
  }
  return chunks;
}

function split(chunks: Buffer[]): SplitFile[] {
  const splitter = new FileSplitter(TOKEN);
  const found: SplitFile[] = [];
  for (const chunk of chunks) {
    found.push(...splitter.add(chunk));
    // The chunk's memory may be reused.
    chunk.fill(0xff);
  }
  const last = splitter.finish();
  return last ? [...found, last] : found;
}

describe("the splitter of a group's answer", () => {
  it("gives every file its own rows, bytes and fingerprint, wherever the answer is cut into chunks", () => {
    fc.assert(
      fc.property(files, fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 8 }), (group, sizes) => {
        const answer = Buffer.concat(group.flatMap(({ place, rows }) => rows.map((one) => tagged(place, one))));
        const expected = group.map(({ place, rows }) => ({
          place,
          rows: rows.length,
          fingerprint: BigInt.asUintN(
            64,
            rows.reduce((sum, { hash }) => sum + hash, 0n),
          ),
          text: Buffer.concat(rows.map((one) => one.text)),
        }));
        expect(split(cut(answer, sizes))).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps a file of more than it had room for", () => {
    const rows = Array.from({ length: 300 }, (_, n) => ({ hash: 1n, text: Buffer.alloc(1000, n % 251) }));
    const answer = Buffer.concat(rows.map((one) => tagged(0, one)));
    const [file] = split(cut(answer, [65_536]));
    expect(file).toMatchObject({ place: 0, rows: 300, fingerprint: 300n });
    expect(file?.text.equals(Buffer.concat(rows.map((one) => one.text)))).toBe(true);
  });

  const one = { hash: 7n, text: Buffer.from("row\n") };
  it.each([
    ["rows in another order than the files", Buffer.concat([tagged(1, one), tagged(0, one)]), /n't in the order/],
    ["what comes before the first row", Buffer.from("x".repeat(100)), /doesn't start with a row/],
    ["an answer that ends within a row's tag", tagged(0, one).subarray(0, TOKEN.length + 4), /cut short/],
  ])("refuses %s", (_, answer, words) => {
    expect(() => split([answer])).toThrow(words);
  });
});
