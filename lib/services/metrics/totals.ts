import { sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { RUN_STATES } from "@/lib/fields/run-state";

/** Upper bounds of run durations, in seconds. The database function `run_bucket` uses the same bounds. */
export const DURATION_BUCKETS = [1, 5, 15, 30, 60, 300, 900, 3600, 14_400];

export interface RunTotals {
  runs: number;
  attempts: number;
  rows: number;
  bytes: number;
  /** Number of started and ended runs, and their total duration. */
  timed: number;
  seconds: number;
  /** Cumulative run counts, one per bound in `DURATION_BUCKETS`. */
  atMost: number[];
}

export type TotalsByState = Partial<Record<(typeof RUN_STATES)[number], RunTotals>>;

interface Found extends Record<string, unknown> {
  state: (typeof RUN_STATES)[number];
  runs: string;
  attempts: string;
  rows: string;
  bytes: string;
  timed: string;
  seconds: number;
  at_most: string[];
}

/** Counts and sums of all runs by state: ended runs from counters, the few active ones from their rows. */
export async function runTotals(): Promise<TotalsByState> {
  const counts = DURATION_BUCKETS.map(
    (_, bucket) => sql`coalesce(sum(runs) filter (where bucket between 0 and ${bucket}), 0)`,
  );
  const { rows } = await getDb().execute<Found>(sql`
    select state, sum(runs) as runs, sum(attempts) as attempts, sum(rows) as rows, sum(bytes) as bytes,
      coalesce(sum(runs) filter (where bucket >= 0), 0) as timed, sum(seconds)::float8 as seconds,
      array[${sql.join(counts, sql`, `)}]::bigint[] as at_most
    from run_counters group by state
    union all
    select state, count(*), sum(attempt), 0, 0, 0, 0, '{}' from runs where state in ('Starting', 'Running') group by state`);
  return Object.fromEntries(
    rows.map(({ state, seconds, at_most, ...found }) => [
      state,
      {
        runs: Number(found.runs),
        attempts: Number(found.attempts),
        rows: Number(found.rows),
        bytes: Number(found.bytes),
        timed: Number(found.timed),
        seconds,
        atMost: at_most.map(Number),
      },
    ]),
  );
}

/** Numbers of mails and alert deliveries by state. */
export async function outboxTotals(): Promise<{ mails: Map<string, number>; deliveries: Map<string, number> }> {
  const { rows } = await getDb().execute<{ kind: string; state: string; count: string }>(
    sql`select kind, state, sum(items) as count from outbox_counters group by kind, state`,
  );
  const of = (kind: string) =>
    new Map(rows.filter((row) => row.kind === kind).map(({ state, count }) => [state, Number(count)]));
  return { mails: of("mails"), deliveries: of("deliveries") };
}
