import { describe, expect, it } from "vitest";
import type { FileAttempt, FileTimeline, Timeline } from "@/lib/schemas/timeline";
import { filesNote, timelineView } from "./rows";

const ZERO = Date.UTC(2026, 2, 1, 12);
const time = (seconds: number) => new Date(ZERO + seconds * 1000).toISOString();

const attempt = (from: number, to: number | null, more: Partial<FileAttempt> = {}): FileAttempt => ({
  attempt: 1,
  startedAt: time(from),
  endedAt: to === null ? null : time(to),
  outcome: "completed",
  code: null,
  ...more,
});

const file = (attempts: FileAttempt[], more: Partial<FileTimeline> = {}): FileTimeline => ({
  ...{ index: 0, planVersion: 1, key: "raw/2026/a.jsonl.gz", rows: null, bytes: null, attempts },
  ...more,
});

const run = (more: Partial<Timeline> = {}): Timeline => ({
  ...{ runId: "run", state: "Completed", dueAt: time(0), createdAt: time(1), startedAt: time(2), plannedAt: time(4) },
  ...{ committingAt: time(11), finishedAt: time(12), filesTotal: 1, files: [file([attempt(5, 10)])] },
  ...more,
});

/** Each bar as `row kind from–to`, in seconds. */
const barsOf = (timeline: Timeline, now = 20) =>
  timelineView(timeline, ZERO + now * 1000).rows.flatMap(({ name, bars }) =>
    bars.map(({ kind, from, to }) => `${name} ${kind} ${(from - ZERO) / 1000}–${(to - ZERO) / 1000}`),
  );

describe("a run's timeline", () => {
  it("goes from the queue to the commit", () => {
    expect(barsOf(run())).toEqual(["Queue wait 0–2", "Plan work 2–4", "a.jsonl.gz work 5–10", "Commit work 10–12"]);
  });

  it("has every attempt at a file, and the end of a lost one when the next began", () => {
    const attempts = [
      attempt(5, 7, { outcome: "failed", code: "unreachable" }),
      attempt(8, null, { attempt: 2, outcome: "lost", code: "worker_lost" }),
      attempt(9, 10, { attempt: 3 }),
    ];
    const bars = barsOf(run({ files: [file(attempts)] }));
    expect(bars.slice(2, 5)).toEqual(["a.jsonl.gz failed 5–7", "a.jsonl.gz lost 8–9", "a.jsonl.gz work 9–10"]);
    const words = timelineView(run({ files: [file(attempts)] }), 0).rows[2]?.bars.map((one) => one.words);
    expect(words).toEqual([
      "Attempt 1 failed after 2 s (unreachable)",
      "Attempt 2 ended with its worker, within 1 s",
      "Attempt 3 wrote it in 1 s",
    ]);
  });

  it("goes up to now while it runs, and doesn't commit yet", () => {
    const active = { state: "Running", committingAt: null, finishedAt: null } as const;
    expect(barsOf(run({ ...active, files: [file([attempt(5, null, { outcome: "running" })])] }))).toEqual([
      ...["Queue wait 0–2", "Plan work 2–4"],
      "a.jsonl.gz running 5–20",
    ]);
    expect(barsOf(run({ ...active, startedAt: null, plannedAt: null, files: [], filesTotal: 0 }))).toEqual([
      "Queue wait 0–20",
    ]);
    expect(barsOf(run({ ...active, plannedAt: null, files: [], filesTotal: 0 }))).toEqual([
      "Queue wait 0–2",
      "Plan running 2–20",
    ]);
  });

  it("of a window without rows has no files", () => {
    expect(barsOf(run({ files: [], filesTotal: 0 }))).toEqual(["Queue wait 0–2", "Plan work 2–4", "Commit work 4–12"]);
  });

  it("of a run that failed before its commit has none", () => {
    const failed = attempt(5, 10, { outcome: "failed", code: "x" });
    expect(barsOf(run({ state: "Failed", committingAt: null, files: [file([failed])] })).at(-1)).toBe(
      "a.jsonl.gz failed 5–10",
    );
  });

  it("of an earlier version ends its plan with the first file", () => {
    expect(barsOf(run({ plannedAt: null }))[1]).toBe("Plan work 2–5");
  });

  it("cuts a wait that would leave no room for the rest", () => {
    const view = timelineView(run({ dueAt: time(-3600) }), 0);
    expect(view).toMatchObject({ isCut: true, from: ZERO + 500, to: ZERO + 12_000 });
    expect(view.rows[0]?.bars[0]?.words).toBe("Due to started: 1 h 00 min");
    expect(timelineView(run(), 0)).toMatchObject({ isCut: false, from: ZERO });
  });

  it("says of files without an attempt why", () => {
    const name = (state: Timeline["state"]) => timelineView(run({ state, files: [file([])] }), 0).rows[2]?.name;
    expect(name("Running")).toBe("a.jsonl.gz: Waiting");
    expect(name("Completed")).toBe("a.jsonl.gz: Not written by this run");
  });

  it("says if not all files are shown", () => {
    expect(filesNote(run())).toBeNull();
    expect(filesNote(run({ filesTotal: 2000 }))).toContain("2,000 files. Showing the 1 ");
  });
});
