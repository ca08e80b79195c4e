import { setTimeout as sleep } from "node:timers/promises";
import type { ClickHouseClient } from "@clickhouse/client";
import { eventsQuery, PRESENT_STEPS } from "./events";

export type TrickleOptions = {
  sourceProjectId: number;
  /** Average events per second. */
  perSecond: number;
  /** Stops the trickle. */
  signal: AbortSignal;
  /** Called if an insert fails; the trickle continues. */
  onError?: (error: unknown) => void;
};

const PAUSE_MS = 3000;

/** Inserts new events every few seconds, ingested now, until `signal` aborts. Never throws. */
export async function trickle(client: ClickHouseClient, options: TrickleOptions): Promise<void> {
  const { sourceProjectId, perSecond, signal, onError } = options;
  const rows = Math.max(1, Math.round((perSecond * PAUSE_MS) / 1000));
  while (!signal.aborted) {
    const now = new Date();
    try {
      await client.command({
        query: eventsQuery(PRESENT_STEPS),
        query_params: {
          project: sourceProjectId,
          seed: now.getTime() * 1000,
          rows,
          now: now.toISOString().replace("T", " ").replace("Z", ""),
        },
      });
    } catch (error) {
      onError?.(error);
    }
    await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
}
