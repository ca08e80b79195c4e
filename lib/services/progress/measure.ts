import type { FileProgress, HistoricProgress, Progress, RunProgress } from "@/lib/schemas/progress";
import { MINUTE } from "@/lib/units";
import type { Facts, FileFacts, HistoricFacts, RunFacts } from "./load";
import { type Pace, paceOf, type Sample, secondsLeft, secondsLeftOfWindows, withSample } from "./pace";

/** Samples by what they are of: a run's plan, an attempt at a file, a historic export. */
export type Samples = ReadonlyMap<string, readonly Sample[]>;

/** The windows of a historic export end in bursts: its pace looks back further. */
const HISTORIC_SPAN = MINUTE;

const iso = (time: string) => new Date(time).toISOString();

const sumRows = (rows: (number | null)[]): number | null =>
  rows.reduce<number | null>((sum, some) => (sum === null || some === null ? null : sum + some), 0);

/** Progress with pace and time left, and the samples for the next time. Those of what is no longer active are left out. */
export function measure(facts: Facts, before: Samples): { progress: Progress; samples: Samples } {
  const samples = new Map<string, readonly Sample[]>();
  const paced = (key: string, next: Sample, beganAt: number | null, span?: number): Pace => {
    // All was zero when it began, so that the first answer already has a pace.
    const start = beganAt === null ? [] : [{ at: beganAt, rows: next.rows === null ? null : 0, bytes: 0 }];
    const all = withSample(before.get(key) ?? start, next, span);
    samples.set(key, all);
    return paceOf(all);
  };
  const runs = facts.runs.map((run) => ofRun(facts.at, run, paced));
  const historicExports = facts.historicExports.map((item) => ofHistoric(facts.at, item, runs, paced));
  const progress = { at: new Date(facts.at).toISOString(), activeRuns: facts.activeRuns, runs, historicExports };
  return { progress, samples };
}

type Paced = (key: string, next: Sample, beganAt: number | null, span?: number) => Pace;

const whole = ({ rowsPerSecond, bytesPerSecond }: Pace): Pace => ({
  rowsPerSecond: rowsPerSecond === null ? null : Math.round(rowsPerSecond),
  bytesPerSecond: bytesPerSecond === null ? null : Math.round(bytesPerSecond),
});

function ofRun(at: number, run: RunFacts, paced: Paced): RunProgress {
  const { done, expectedRows } = run;
  const bytesPerRow = done.rows > 0 ? done.bytes / done.rows : null;
  const plan = `${run.id}.${run.planVersion}`;
  const writing = run.writing.map((file) => ofFile(at, file, plan, bytesPerRow, paced));
  // Rows of files that tell them only at their end are in once the file is complete.
  const passing = sumRows(writing.map(({ rows }) => rows));
  const passingBytes = writing.reduce((sum, { bytes }) => sum + bytes, 0);
  const own: Sample = {
    at,
    rows: passing === null ? null : done.ownRows + passing,
    bytes: done.ownBytes + passingBytes,
  };
  const pace = paced(plan, own, run.beganAt);
  const rows = passing === null ? done.rows : done.rows + passing;
  const bytes = done.bytes + passingBytes;
  const work = { rows: passing === null ? null : rows, bytes, expectedRows, bytesPerRow };
  return {
    runId: run.id,
    historicExportId: run.historicExportId,
    state: run.state,
    intervalStart: iso(run.intervalStart),
    intervalEnd: iso(run.intervalEnd),
    startedAt: run.startedAt && iso(run.startedAt),
    files: run.files,
    filesDone: done.files,
    expectedRows: run.files === null ? null : expectedRows,
    rows,
    bytes,
    ...whole(pace),
    secondsLeft: run.files === null ? null : secondsLeft(work, pace),
    writing,
  };
}

function ofFile(at: number, file: FileFacts, plan: string, bytesPerRow: number | null, paced: Paced): FileProgress {
  const { index, key, attempt, expectedRows } = file;
  // Nothing is recorded in a file's first seconds; then a format without rows says so by null.
  const rows = file.bytes === null ? 0 : file.rows;
  const bytes = file.bytes ?? 0;
  const pace = paced(`${plan}.${index}.${attempt}`, { at, rows, bytes }, file.startedAt);
  const left = secondsLeft({ rows, bytes, expectedRows, bytesPerRow }, pace);
  return { index, key, attempt, expectedRows, rows, bytes, ...whole(pace), secondsLeft: left };
}

function ofHistoric(at: number, item: HistoricFacts, runs: readonly RunProgress[], paced: Paced): HistoricProgress {
  const under = runs.filter(({ historicExportId }) => historicExportId === item.id);
  const rows = item.rows + under.reduce((sum, run) => sum + (run.rows ?? 0), 0);
  const bytes = item.bytes + under.reduce((sum, run) => sum + run.bytes, 0);
  const pace = paced(item.id, { at, rows, bytes }, item.beganAt, HISTORIC_SPAN);
  const elapsed = item.beganAt === null ? 0 : at - item.beganAt;
  return {
    historicExportId: item.id,
    state: item.state,
    windows: item.windows,
    windowsDone: item.windowsDone,
    rows,
    bytes,
    ...whole(pace),
    secondsLeft: secondsLeftOfWindows(item.windowsDone, item.windows, elapsed),
  };
}
