import { formatDuration, plural } from "@/lib/client/format";
import type { FileAttempt, FileTimeline, Timeline } from "@/lib/schemas/timeline";

export type Kind = "wait" | "work" | "failed" | "lost" | "running";

/** A stretch of a row; times in ms since 1970. */
export interface Bar {
  from: number;
  to: number;
  kind: Kind;
  /** What happened, and how long it took. */
  words: string;
}

export interface TimelineRow {
  key: string;
  name: string;
  /** The whole name where it is cut. */
  title?: string;
  bars: Bar[];
}

export interface TimelineView {
  from: number;
  to: number;
  /** Whether the wait before the start is drawn shorter than it was. */
  isCut: boolean;
  rows: TimelineRow[];
}

/** A wait that is longer than this many times the rest is cut, or nothing else could be seen. */
const LONGEST_WAIT = 1;
/** What remains of it, as a share of the rest. */
const SHORT_WAIT = 0.15;

const at = (time: string | null): number | null => (time === null ? null : Date.parse(time));

/** When each part of a run began and ended, ready to be drawn. `now` is the end of what has not ended. */
export function timelineView(timeline: Timeline, now: number): TimelineView {
  const due = Math.min(Date.parse(timeline.dueAt), Date.parse(timeline.createdAt));
  const started = at(timeline.startedAt);
  const to = Math.max(at(timeline.finishedAt) ?? now, started ?? due, due + 1);
  const rest = Math.max(1, to - (started ?? to));
  const isCut = started !== null && started - due > LONGEST_WAIT * rest;
  const from = isCut ? (started ?? due) - Math.max(1, rest * SHORT_WAIT) : due;
  const rows = [
    row("queue", "Queue", [bar(due, started ?? to, "wait", `Due to started: ${lasted(due, started ?? to)}`)]),
    ...planRow(timeline, started, to),
    ...timeline.files.map((file) => fileRow(file, timeline, to)),
    ...commitRow(timeline, to),
  ];
  return { from, to, isCut, rows };
}

const lasted = (from: number, to: number) => formatDuration(Math.max(0, to - from));
const bar = (from: number, to: number, kind: Kind, words: string): Bar => ({
  from,
  to: Math.max(from, to),
  kind,
  words,
});
const row = (key: string, name: string, bars: Bar[]): TimelineRow => ({ key, name, bars });

/** Runs of earlier versions noted no plan: it lasted until the first file began at the latest. */
function planRow(timeline: Timeline, started: number | null, to: number): TimelineRow[] {
  if (started === null) return [];
  const first = Math.min(
    ...timeline.files.flatMap(({ attempts }) => attempts.map(({ startedAt }) => Date.parse(startedAt))),
  );
  const planned = at(timeline.plannedAt) ?? (Number.isFinite(first) ? first : null);
  const end = planned ?? to;
  const isOver = planned !== null || timeline.finishedAt !== null;
  return [row("plan", "Plan", [bar(started, end, isOver ? "work" : "running", `Planned in ${lasted(started, end)}`)])];
}

function fileRow(file: FileTimeline, { state }: Timeline, to: number): TimelineRow {
  const { attempts, key, index, planVersion } = file;
  const bars = attempts.map((attempt, place) => {
    const next = attempts[place + 1];
    // Nobody saw the end of a lost attempt: it was over when the next one began.
    const end = at(attempt.endedAt) ?? (next ? Date.parse(next.startedAt) : to);
    return attemptBar(attempt, end, attempts.length > 1);
  });
  const name = key.split("/").at(-1) ?? key;
  const idle = state === "Starting" || state === "Running" ? "Waiting" : "Not written by this run";
  const empty = bars.length === 0 ? `: ${idle}` : "";
  return { key: `${planVersion} ${index}`, name: `${name}${empty}`, title: key, bars };
}

function attemptBar({ startedAt, attempt, outcome, code }: FileAttempt, end: number, isOneOfMany: boolean): Bar {
  const from = Date.parse(startedAt);
  const which = isOneOfMany ? `Attempt ${attempt}` : "Written";
  const time = lasted(from, end);
  switch (outcome) {
    case "completed":
      return bar(from, end, "work", isOneOfMany ? `${which} wrote it in ${time}` : `${which} in ${time}`);
    case "failed":
      return bar(from, end, "failed", `Attempt ${attempt} failed after ${time} (${code})`);
    case "lost":
      return bar(from, end, "lost", `Attempt ${attempt} ended with its worker, within ${time}`);
    case "running":
      return bar(from, end, "running", `Attempt ${attempt} is writing, for ${time} so far`);
  }
}

/** From when its last file was written, or when it asked the source again if it had none. */
function commitRow({ files, committingAt, plannedAt, finishedAt, state }: Timeline, to: number): TimelineRow[] {
  const ends = files.flatMap(({ attempts }) => attempts.flatMap(({ endedAt }) => at(endedAt) ?? []));
  const asked = at(committingAt);
  if (asked === null && state !== "Completed") return [];
  const from = Math.max(...ends, at(plannedAt) ?? 0) || asked || to;
  const end = at(finishedAt) ?? to;
  const kind = finishedAt === null ? "running" : state === "Completed" ? "work" : "failed";
  const words = state === "Completed" ? `Committed in ${lasted(from, end)}` : `Committing, for ${lasted(from, end)}`;
  return [row("commit", "Commit", [bar(Math.min(from, end), end, kind, words)])];
}

/** A note if not all files are shown; null if they are. */
export const filesNote = ({ files, filesTotal }: Timeline): string | null =>
  files.length === filesTotal
    ? null
    : `${plural(filesTotal, "file")}. Showing the ${files.length} with the most attempts or the longest duration.`;
