import { sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { RUN_STATES } from "@/lib/schemas/run";

/** Upper bounds of a run's duration, in seconds. */
export const DURATION_BUCKETS = [1, 5, 15, 30, 60, 300, 900, 3600, 14_400];

export interface RunTotals {
  runs: number;
  attempts: number;
  rows: number;
  bytes: number;
  /** How many of them have begun and ended, and how long those took in all. */
  timed: number;
  seconds: number;
  /** How many of them took at most so long, bound by bound. */
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

/** Counts and sums of all runs by their state, in one pass over the ledger. */
export async function runTotals(): Promise<TotalsByState> {
  const counts = DURATION_BUCKETS.map((bound) => sql`count(*) filter (where took <= ${bound})`);
  const { rows } = await getDb().execute<Found>(sql`
    select state, count(*) as runs, coalesce(sum(attempt), 0) as attempts, coalesce(sum(rows), 0) as rows,
      coalesce(sum(bytes), 0) as bytes, count(took) as timed,
      coalesce(sum(took), 0)::float8 as seconds, array[${sql.join(counts, sql`, `)}] as at_most
    from (select state, attempt, rows, bytes, extract(epoch from finished_at - started_at) as took from runs) as run
    group by state`);
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

/** How many mails and deliveries of alerts there are in each state. */
export async function outboxTotals(): Promise<{ mails: Map<string, number>; deliveries: Map<string, number> }> {
  const { rows } = await getDb().execute<{ kind: string; state: string; count: string }>(sql`
    select 'mails' as kind, state, count(*) from mails group by state
    union all select 'deliveries', state, count(*) from deliveries group by state`);
  const of = (kind: string) =>
    new Map(rows.filter((row) => row.kind === kind).map(({ state, count }) => [state, Number(count)]));
  return { mails: of("mails"), deliveries: of("deliveries") };
}
