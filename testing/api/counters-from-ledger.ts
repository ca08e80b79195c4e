import { sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { RUN_STATES } from "@/lib/fields/run-state";
import { activeExports } from "@/lib/services/metrics/active-exports";
import { DURATION_BUCKETS, outboxTotals, runTotals, type TotalsByState } from "@/lib/services/metrics/totals";

interface Found extends Record<string, unknown> {
  state: keyof TotalsByState;
  at_most: string[];
}

/** The expected metrics, from every row of the ledger. */
export async function totalsFromLedger(): Promise<Record<string, number>> {
  const counts = DURATION_BUCKETS.map((bound) => sql`count(*) filter (where took <= ${bound})`);
  const runs = await getDb().execute<Found>(sql`
    select state, count(*) as runs, coalesce(sum(attempt), 0) as attempts, coalesce(sum(rows), 0) as rows,
      coalesce(sum(bytes), 0) as bytes, count(took) as timed, coalesce(sum(took), 0)::float8 as seconds,
      array[${sql.join(counts, sql`, `)}] as at_most
    from (select state, attempt, rows, bytes, extract(epoch from finished_at - started_at) as took from runs) as run
    group by state`);
  const outbox = await getDb().execute<{ name: string; count: string }>(sql`
    select 'mails ' || state as name, count(*) from mails group by state
    union all select 'deliveries ' || state, count(*) from deliveries group by state`);
  const found = runs.rows.map(({ state, at_most, ...totals }) => numbersOf(state, { ...totals, atMost: at_most }));
  return withoutZeros([...found.flat(), ...outbox.rows.map(({ name, count }) => [name, Number(count)] as const)]);
}

/** The same numbers from the metrics. */
export async function totalsFromCounters(): Promise<Record<string, number>> {
  const [runs, outbox] = [await runTotals(), await outboxTotals()];
  const found = RUN_STATES.flatMap((state) => numbersOf(state, { ...runs[state] }));
  const told = Object.entries(outbox).flatMap(([kind, states]) =>
    [...states].map(([state, count]) => [`${kind} ${state}`, count] as const),
  );
  return withoutZeros([...found, ...told]);
}

/** A state's numbers by name. Active runs have only their number and attempts. */
function numbersOf(state: string, { atMost = [], ...totals }: Record<string, unknown>): (readonly [string, number])[] {
  const isActive = state === "Starting" || state === "Running";
  const names = isActive ? ["runs", "attempts"] : Object.keys(totals);
  const buckets = isActive ? [] : (atMost as unknown[]);
  return [
    ...names.map((name) => [`${state} ${name}`, Number(totals[name] ?? 0)] as const),
    ...buckets.map((count, n) => [`${state} <= ${DURATION_BUCKETS[n]}`, Number(count)] as const),
  ];
}

const withoutZeros = (numbers: (readonly [string, number])[]) =>
  Object.fromEntries(numbers.filter(([, value]) => value !== 0));

interface Reached extends Record<string, unknown> {
  project_id: string;
  committed_up_to: string | null;
  last_end: string | null;
  last_created: string | null;
}

/** By project with one export: how far its windows are committed, and its newest scheduled run. */
export async function reachedFromLedger(): Promise<Record<string, unknown>> {
  const { rows } = await getDb().execute<Reached>(sql`
    select e.project_id, gap.committed_up_to, last.interval_end as last_end, last.created_at as last_created
    from exports e
    left join lateral (
      select min(interval_start) as start from runs
      where export_id = e.id and historic_export_id is null and interval_start >= now() - interval '30 days'
    ) as first on true
    left join lateral (
      select coalesce(min(reached) filter (where interval_start > reached), max(interval_end), first.start)
        as committed_up_to
      from (
        select interval_start, interval_end, coalesce(
          max(interval_end) over (order by interval_start rows between unbounded preceding and 1 preceding),
          first.start) as reached
        from runs where export_id = e.id and state = 'Completed' and interval_start >= first.start
      ) as done
    ) as gap on true
    left join lateral (
      select interval_end, created_at from runs
      where export_id = e.id and trigger = 'schedule' order by interval_start desc, created_at desc limit 1
    ) as last on true`);
  const time = (value: string | null) => value && new Date(value).toISOString();
  const of = (row: Reached) => [row.committed_up_to, row.last_end, row.last_created].map(time);
  return Object.fromEntries(rows.map((row) => [row.project_id, of(row)]));
}

/** The same values from the metrics, for active exports. */
export async function reachedFromExports(): Promise<Record<string, unknown>> {
  const active = await activeExports();
  const times = ({ committedUpTo, lastScheduled: last }: (typeof active)[number]) =>
    [committedUpTo, last?.intervalEnd, last?.createdAt].map((time) => time?.toISOString() ?? null);
  return Object.fromEntries(active.map((exported) => [exported.projectId, times(exported)]));
}
