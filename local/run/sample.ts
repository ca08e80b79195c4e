import type { Progress } from "@/server/process/progress";
import { generateSample, isEmpty } from "../sample/generate";
import { trickle } from "../sample/trickle";
import type { Stack } from "../stack";
import { sourceClient } from "./source-client";

const EVENTS_PER_SECOND = 5;

/** Fills the embedded source with two weeks of realistic product data, if it has no events yet. */
export async function fillSource(stack: Stack, sourceProjectId: number, progress: Progress): Promise<void> {
  const client = sourceClient(stack.stack.clickhouse);
  try {
    if (!(await isEmpty(client, sourceProjectId))) return;
    progress.say("Sample data", "generating two weeks of events");
    const stopWaiting = progress.wait("Sample data", (seconds) => `generating, ${seconds} s`);
    await generateSample(client, { sourceProjectId }).finally(stopWaiting);
    progress.say("Sample data", "ready");
  } finally {
    await client.close();
  }
}

/** Adds new events while the product runs; returns a stop function. */
export function keepFilling(stack: Stack, sourceProjectId: number, progress: Progress): () => Promise<void> {
  const client = sourceClient(stack.stack.clickhouse);
  const end = new AbortController();
  let told = false;
  const running = trickle(client, {
    sourceProjectId,
    perSecond: EVENTS_PER_SECOND,
    signal: end.signal,
    onError: (error) => {
      if (!told && !end.signal.aborted)
        progress.say("Sample data", `adding new events failed: ${(error as Error).message}`);
      told = true;
    },
  });
  return async () => {
    end.abort();
    await client.close();
    await running;
  };
}
