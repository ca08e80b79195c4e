import { setTimeout as sleep } from "node:timers/promises";

interface Asked<In, Out> {
  item: In;
  resolve(answer: Out): void;
  reject(error: unknown): void;
}

/**
 * Requests the first item immediately, and all items that arrive during a request together in the next one. Requests
 * start at least `pause` ms apart, to batch more items that arrive in quick succession.
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
