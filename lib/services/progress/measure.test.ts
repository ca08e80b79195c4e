import { describe, expect, it } from "vitest";
import type { Facts, FileFacts, HistoricFacts, RunFacts } from "./load";
import { measure, type Samples } from "./measure";

const START = Date.UTC(2026, 2, 1, 12);
const none = { files: 0, rows: 0, bytes: 0, ownRows: 0, ownBytes: 0 };

const file = (more: Partial<FileFacts> = {}): FileFacts => ({
  index: 0,
  key: "a.jsonl",
  attempt: 1,
  expectedRows: 1000,
  rows: null,
  bytes: null,
  startedAt: START,
  ...more,
});

const run = (more: Partial<RunFacts> = {}): RunFacts => ({
  id: "run",
  historicExportId: null,
  state: "Running",
  intervalStart: "2026-03-01T11:00:00+00:00",
  intervalEnd: "2026-03-01T12:00:00+00:00",
  startedAt: "2026-03-01T12:00:00+00:00",
  files: 1,
  planVersion: 1,
  expectedRows: 1000,
  done: none,
  beganAt: START,
  writing: [],
  ...more,
});

const historic = (more: Partial<HistoricFacts> = {}): HistoricFacts => ({
  id: "historic",
  state: "Running",
  windows: 10,
  windowsDone: 0,
  rows: 0,
  bytes: 0,
  beganAt: START,
  ...more,
});

const facts = (seconds: number, more: Partial<Facts>): Facts => ({
  at: START + seconds * 1000,
  activeRuns: more.runs?.length ?? 0,
  runs: [],
  historicExports: [],
  ...more,
});

/** The last answer of several. */
function last(...all: Facts[]) {
  let samples: Samples = new Map();
  let found: ReturnType<typeof measure> | undefined;
  for (const one of all) {
    found = measure(one, samples);
    samples = found.samples;
  }
  return { ...found!.progress, kept: samples.size };
}

describe("progress", () => {
  it("of a run that is not planned has no end in sight", () => {
    const [found] = last(facts(5, { runs: [run({ files: null, expectedRows: 0, beganAt: null })] })).runs;
    expect(found).toMatchObject({ files: null, expectedRows: null, rows: 0, rowsPerSecond: null, secondsLeft: null });
  });

  it("of the first answer is paced by when the file began", () => {
    const [found] = last(facts(5, { runs: [run({ writing: [file({ rows: 250, bytes: 5000 })] })] })).runs;
    const paced = { rows: 250, bytes: 5000, rowsPerSecond: 50, bytesPerSecond: 1000, secondsLeft: 15 };
    expect(found).toMatchObject({ ...paced, expectedRows: 1000, writing: [paced] });
  });

  it("of a file in its first seconds has no pace", () => {
    const [found] = last(facts(1, { runs: [run({ writing: [file()] })] })).runs;
    expect(found).toMatchObject({ rows: 0, bytes: 0, rowsPerSecond: null, secondsLeft: null });
  });

  it("counts files that an earlier run wrote as done, but not as fast", () => {
    const done = { files: 1, rows: 600, bytes: 6000, ownRows: 0, ownBytes: 0 };
    const passing = file({ index: 1, expectedRows: 400, rows: 100, bytes: 1000 });
    const [found] = last(facts(10, { runs: [run({ files: 2, done, writing: [passing] })] })).runs;
    expect(found).toMatchObject({ rows: 700, filesDone: 1, rowsPerSecond: 10, secondsLeft: 30 });
  });

  it("of an attempt that began again forgets the one before", () => {
    const before = facts(10, { runs: [run({ writing: [file({ rows: 800, bytes: 8000 })] })] });
    const again = (seconds: number, rows: number) =>
      facts(seconds, {
        runs: [run({ writing: [file({ attempt: 2, startedAt: START + 12_000, rows, bytes: rows * 10 })] })],
      });
    const [found] = last(before, again(14, 40), again(18, 120)).runs;
    expect(found).toMatchObject({ rows: 120, rowsPerSecond: 20, secondsLeft: 44 });
    expect(found?.writing).toMatchObject([{ attempt: 2, rowsPerSecond: 20 }]);
  });

  it("of a format that counts its rows last is by bytes, once a file is complete", () => {
    const writing = [file({ index: 1, rows: null, bytes: 2500, expectedRows: 500 })];
    const alone = run({ files: 2, writing });
    expect(last(facts(10, { runs: [alone] })).runs).toMatchObject([
      { rows: 0, bytes: 2500, rowsPerSecond: null, bytesPerSecond: 250, secondsLeft: null },
    ]);
    const done = { files: 1, rows: 500, bytes: 5000, ownRows: 500, ownBytes: 5000 };
    expect(last(facts(15, { runs: [run({ ...alone, done })] })).runs).toMatchObject([
      { rows: 500, bytes: 7500, bytesPerSecond: 500, secondsLeft: 5 },
    ]);
  });

  it("stays where it is, without an estimate, while nothing passes", () => {
    const stalled = run({ writing: [file({ rows: 500, bytes: 5000 })] });
    const [found] = last(...[10, 20, 30, 40].map((seconds) => facts(seconds, { runs: [stalled] }))).runs;
    expect(found).toMatchObject({ rowsPerSecond: 0, secondsLeft: null });
  });

  it("of a historic export has the rows under way, and the time that its windows took", () => {
    const under = run({ historicExportId: "historic", writing: [file({ rows: 100, bytes: 1000 })] });
    const { historicExports } = last(
      facts(20, { runs: [under], historicExports: [historic({ windowsDone: 4, rows: 900, bytes: 9000 })] }),
    );
    expect(historicExports).toMatchObject([
      { rows: 1000, bytes: 10_000, rowsPerSecond: 50, windowsDone: 4, windows: 10, secondsLeft: 30 },
    ]);
  });

  it("forgets what is over", () => {
    const active = facts(5, { runs: [run({ writing: [file()] })], historicExports: [historic()] });
    expect(last(active).kept).toBe(3);
    expect(last(active, facts(7, {})).kept).toBe(0);
  });
});
