import { describe, expect, it } from "vitest";
import { gathered } from "./gathered";

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("gathered questions", () => {
  it("go out at once for the first item and together for those that come meanwhile, and each gets its own answer", async () => {
    const asked: number[][] = [];
    const goOn: (() => void)[] = [];
    const ask = gathered(async (items: number[]) => {
      asked.push(items);
      await new Promise<void>((resolve) => goOn.push(resolve));
      return items.map((item) => item * 10);
    });
    const first = ask(1);
    const others = [ask(2), ask(3)];
    expect(asked).toEqual([[1]]);
    goOn[0]?.();
    expect(await first).toBe(10);
    await turn();
    expect(asked).toEqual([[1], [2, 3]]);
    goOn[1]?.();
    expect(await Promise.all(others)).toEqual([20, 30]);
  });

  it("fail for those who asked together, and not for those after them", async () => {
    let fails = true;
    const ask = gathered(async (items: number[]) => {
      if (fails) throw new Error("no");
      return items;
    });
    await expect(ask(1)).rejects.toThrow("no");
    fails = false;
    await expect(ask(2)).resolves.toBe(2);
  });

  it("wait for each other where they are to be apart, and the first one does not", async () => {
    const asked: { items: number[]; at: number }[] = [];
    const ask = gathered(async (items: number[]) => {
      asked.push({ items, at: performance.now() });
      return items;
    }, 60);
    const began = performance.now();
    await ask(1);
    const second = ask(2);
    await turn();
    await Promise.all([second, ask(3)]);
    expect(asked.map(({ items }) => items)).toEqual([[1], [2, 3]]);
    expect(asked[0]!.at - began).toBeLessThan(50);
    expect(asked[1]!.at - asked[0]!.at).toBeGreaterThan(55);
  });
});
