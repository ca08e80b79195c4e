import { describe, expect, it } from "vitest";
import { Room } from "./room";

/** Pieces of work that end on demand. */
function pieces() {
  const ends: ((error?: Error) => void)[] = [];
  const begun: number[] = [];
  const work = (n: number) => () => {
    begun.push(n);
    return new Promise<void>((resolve, reject) => {
      ends[n] = (error) => (error ? reject(error) : resolve());
    });
  };
  return { ends, begun, work };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("room for pieces of work", () => {
  it("is given to few at once, of few bytes; to one that is larger than all of it alone", async () => {
    const room = new Room(2, 100);
    const { ends, begun, work } = pieces();
    const all = (async () => {
      for (const [n, bytes] of [60, 40, 10, 500, 10].entries()) await room.begin(bytes, work(n));
      await room.ended();
    })();
    await turn();
    expect(begun).toEqual([0, 1]);
    ends[0]?.();
    await turn();
    expect(begun).toEqual([0, 1, 2]);
    ends[1]?.();
    await turn();
    expect(begun).toEqual([0, 1, 2]);
    ends[2]?.();
    await turn();
    expect(begun).toEqual([0, 1, 2, 3]);
    ends[3]?.();
    await turn();
    ends[4]?.();
    await expect(all).resolves.toBeUndefined();
  });

  it("is given to nobody after a failure, which is thrown once the others have ended", async () => {
    const room = new Room(3, 100);
    const { ends, begun, work } = pieces();
    for (const n of [0, 1]) await room.begin(1, work(n));
    ends[0]?.(new Error("no"));
    await turn();
    await expect(room.begin(1, work(2))).rejects.toThrow("no");
    expect(begun).toEqual([0, 1]);
    const ended = room.ended();
    ends[1]?.();
    await expect(ended).rejects.toThrow("no");
  });
});
