import { setTimeout as sleep } from "node:timers/promises";

interface Asked<In, Out> {
  item: In;
  resolve(answer: Out): void;
  reject(error: unknown): void;
}

/**
 * Asks for one item at once, and for all that come while an answer is on its way together, in one question of their own. Questions are
 * `pause` ms apart at least, so that more of what comes in close succession goes together.
 */
export function gathered<In, Out>(ask: (items: In[]) => Promise<Out[]>, pause = 0): (item: In) => Promise<Out> {
  let waiting: Asked<In, Out>[] = [];
  let isAsking = false;
  let askedAt = Number.NEGATIVE_INFINITY;
  const askAll = async () => {
    isAsking = true;
    while (waiting.length > 0) {
      const early = askedAt + pause - performance.now();
      if (early > 0) await sleep(early);
      askedAt = performance.now();
      const now = waiting;
      waiting = [];
      try {
        const answers = await ask(now.map(({ item }) => item));
        for (const [index, { resolve }] of now.entries()) resolve(answers[index]!);
      } catch (error) {
        for (const { reject } of now) reject(error);
      }
    }
    isAsking = false;
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isAsking) void askAll();
    });
}
