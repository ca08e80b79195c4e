import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { chunksOf } from "./chunks";

async function cut(pieces: string[], size: number): Promise<[text: string, isLast: boolean][]> {
  const found: [string, boolean][] = [];
  const body = Readable.from(
    pieces.map((piece) => Buffer.from(piece)),
    { objectMode: false },
  );
  for await (const { data, isLast } of chunksOf(body, size)) found.push([data.toString(), isLast]);
  return found;
}

describe("chunksOf", () => {
  it.each([
    [[], [["", true]]],
    [["abc"], [["abc", true]]],
    [
      ["ab", "c", "d"],
      [
        ["abc", false],
        ["d", true],
      ],
    ],
    [
      ["abcdefg"],
      [
        ["abc", false],
        ["def", false],
        ["g", true],
      ],
    ],
    [
      ["abc", "def"],
      [
        ["abc", false],
        ["def", true],
      ],
    ],
  ])("cuts %j", async (pieces, chunks) => {
    expect(await cut(pieces, 3)).toEqual(chunks);
  });
});
