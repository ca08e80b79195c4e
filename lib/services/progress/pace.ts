import { SECOND } from "@/lib/units";

/** What was done by a moment, in ms of one clock. Rows are null where a format tells them only at a file's end. */
export interface Sample {
  at: number;
  rows: number | null;
  bytes: number;
}

/** Null: there is no basis for it yet. */
export interface Pace {
  rowsPerSecond: number | null;
  bytesPerSecond: number | null;
}

/** How far back a pace looks, and the least time that it is derived from, in ms. */
const SPAN = 20 * SECOND;
const LEAST = 2 * SECOND;

/** Whether work began again: an attempt starts at zero, or the clock was set back. */
const isRestart = (last: Sample, next: Sample) =>
  next.at < last.at || next.bytes < last.bytes || (next.rows ?? 0) < (last.rows ?? 0);

/**
 * The samples with the next one. Keeps those of the last `span` ms, and the latest before them. A restart forgets all:
 * what an attempt did before says nothing of this one.
 */
export function withSample(samples: readonly Sample[], next: Sample, span = SPAN): Sample[] {
  const last = samples.at(-1);
  if (last && isRestart(last, next)) return [next];
  const all = last?.at === next.at ? [...samples.slice(0, -1), next] : [...samples, next];
  const before = all.findLastIndex(({ at }) => at <= next.at - span);
  return all.slice(Math.max(0, before));
}

/** The pace over all samples. 0 is a standstill. */
export function paceOf(samples: readonly Sample[]): Pace {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.at - first.at < LEAST) return { rowsPerSecond: null, bytesPerSecond: null };
  const seconds = (last.at - first.at) / SECOND;
  return {
    rowsPerSecond: first.rows === null || last.rows === null ? null : (last.rows - first.rows) / seconds,
    bytesPerSecond: (last.bytes - first.bytes) / seconds,
  };
}

/** Work of which the rows are known beforehand. */
export interface Work {
  rows: number | null;
  bytes: number;
  expectedRows: number;
  /** Of files that are complete; null if there are none. */
  bytesPerRow: number | null;
}

/**
 * About how many seconds are left: by rows or, where they aren't counted on the way, by the size that is to be expected.
 * Null without a basis, and while nothing moves.
 */
export function secondsLeft({ rows, bytes, expectedRows, bytesPerRow }: Work, pace: Pace): number | null {
  if (rows !== null) return left(expectedRows - rows, pace.rowsPerSecond);
  return bytesPerRow === null ? null : left(expectedRows * bytesPerRow - bytes, pace.bytesPerSecond);
}

const left = (amount: number, perSecond: number | null) =>
  perSecond === null || perSecond <= 0 ? null : Math.ceil(Math.max(0, amount) / perSecond);

/** Windows that must be done before they say how long the others take. */
const FEWEST_WINDOWS = 2;

/** About how many seconds are left of windows, by how long the ones before took; `elapsed` is in ms. */
export const secondsLeftOfWindows = (done: number, all: number, elapsed: number): number | null =>
  done < FEWEST_WINDOWS || elapsed <= 0 ? null : Math.ceil(((all - done) * elapsed) / done / SECOND);
