import type { Child } from "@/server/process/child";
import { untilReady } from "../parts/until";

interface Health {
  status: string;
  checks: Record<string, unknown>;
}

/** Waits until GET /api/health of the web app says ok for all its parts. Throws with what is not well. */
export async function untilHealthy(web: Child, address: string, seconds: number): Promise<void> {
  await untilReady(web, seconds, async () => {
    const answer = await fetch(`${address}/api/health`, { signal: AbortSignal.timeout(20_000) });
    const health = (await answer.json()) as Health;
    if (health.status !== "ok") throw new Error(`${address}/api/health says ${JSON.stringify(health)}`);
  });
}
