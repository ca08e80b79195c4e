import { sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { monthOfRow } from "@/lib/db/month";
import type { RunState } from "@/lib/fields/run-state";

/** Runs and files of one answer. */
const [MOST_RUNS, MOST_FILES] = [20, 50];

/** Times in ms since 1970, all by the database's clock. */
export interface FileFacts {
  index: number;
  key: string;
  attempt: number;
  expectedRows: number;
  rows: number | null;
  bytes: number | null;
  startedAt: number | null;
}

export interface RunFacts {
  id: string;
  historicExportId: string | null;
  state: RunState;
  intervalStart: string;
  intervalEnd: string;
  startedAt: string | null;
  files: number | null;
  planVersion: number;
  expectedRows: number;
  /** Of complete files: all, and those that this run has written itself. */
  done: { files: number; rows: number; bytes: number; ownRows: number; ownBytes: number };
  /** When its first file began. */
  beganAt: number | null;
  writing: FileFacts[];
}

export interface HistoricFacts {
  id: string;
  state: RunState;
  windows: number;
  windowsDone: number;
  rows: number;
  bytes: number;
  beganAt: number | null;
}

export interface Facts {
  at: number;
  activeRuns: number;
  runs: RunFacts[];
  historicExports: HistoricFacts[];
}

/** What is under way of an export, in one statement. A run of 10,000 files takes some 10 ms. */
export async function loadFacts(exportId: string): Promise<Facts> {
  const { rows } = await getDb().execute<{ facts: Facts }>(sql`
    with active as (select * from runs where export_id = ${exportId}::uuid and state in ('Starting', 'Running')),
    listed as (select * from active order by created_at, id limit ${MOST_RUNS})
    select json_build_object(
      'at', ${ms(sql`clock_timestamp()`)},
      'activeRuns', (select count(*) from active),
      'runs', coalesce((select json_agg(${runFacts} order by r.created_at, r.id) from listed r
        cross join lateral (${doneOfRun}) d), '[]'),
      'historicExports', coalesce((select json_agg(${historicFacts} order by h.created_at desc)
        from historic_exports h cross join lateral (${doneOfHistoric}) w
        where h.export_id = ${exportId}::uuid and h.state in ('Starting', 'Running')), '[]')) as facts`);
  return rows[0]!.facts;
}

const ms = (time: ReturnType<typeof sql>) => sql`floor(extract(epoch from ${time}) * 1000)::bigint`;

const isOfPlan = sql`f.run_id = r.id and f.month = ${monthOfRow("r")} and f.plan_version = r.plan_version`;

/** A file that an earlier run wrote was never begun by this one. */
const doneOfRun = sql`
  select count(*) filter (where f.state = 'Completed') as files,
    coalesce(sum(f.rows) filter (where f.state = 'Completed'), 0) as rows,
    coalesce(sum(f.bytes) filter (where f.state = 'Completed'), 0) as bytes,
    coalesce(sum(f.rows) filter (where f.state = 'Completed' and f.started_at is not null), 0) as "ownRows",
    coalesce(sum(f.bytes) filter (where f.state = 'Completed' and f.started_at is not null), 0) as "ownBytes",
    coalesce(sum(f.expected_rows), 0) as expected, min(f.started_at) as began
  from run_files f where ${isOfPlan}`;

const writing = sql`(
  select coalesce(json_agg(json_build_object('index', f."index", 'key', f.key, 'attempt', greatest(f.attempt, 1),
    'expectedRows', f.expected_rows, 'rows', f.passed_rows, 'bytes', f.passed_bytes,
    'startedAt', ${ms(sql`f.started_at`)}) order by f."index"), '[]')
  from (select * from run_files f where ${isOfPlan} and f.state = 'Running' order by f."index" limit ${MOST_FILES}) f)`;

const runFacts = sql`json_build_object('id', r.id, 'historicExportId', r.historic_export_id, 'state', r.state,
  'intervalStart', r.interval_start, 'intervalEnd', r.interval_end, 'startedAt', r.started_at, 'files', r.files,
  'planVersion', r.plan_version, 'expectedRows', d.expected, 'done', json_build_object('files', d.files,
  'rows', d.rows, 'bytes', d.bytes, 'ownRows', d."ownRows", 'ownBytes', d."ownBytes"), 'beganAt', ${ms(sql`d.began`)},
  'writing', ${writing})`;

/** By each window's newest run. */
const doneOfHistoric = sql`
  select count(*) filter (where n.state not in ('Starting', 'Running')) as done,
    coalesce(sum(n.rows) filter (where n.state = 'Completed'), 0) as rows,
    coalesce(sum(n.bytes) filter (where n.state = 'Completed'), 0) as bytes, min(n.started_at) as began
  from (select distinct on (interval_start) state, rows, bytes, started_at from runs
    where historic_export_id = h.id order by interval_start, created_at desc) n`;

const historicFacts = sql`json_build_object('id', h.id, 'state', h.state, 'windows', h.windows, 'windowsDone', w.done,
  'rows', w.rows, 'bytes', w.bytes, 'beganAt', ${ms(sql`w.began`)})`;
