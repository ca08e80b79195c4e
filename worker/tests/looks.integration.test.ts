import { randomUUID } from "node:crypto";
import { and, asc, eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { alerts, checks, exports, runs, watchedRuns } from "@/lib/db/schema";
import type { S3DestinationInput } from "@/lib/destinations/s3/settings";
import { getCoverage } from "@/lib/services/coverage/get";
import { micros } from "@/lib/source/time";
import type { Window } from "@/lib/windows";
import { resetSource, setSource } from "@/testing/api/rest";
import { deps } from "@/testing/runs/deps";
import { eventRow, fillWindow, insertEvents } from "@/testing/runs/events";
import { completeWindow, makeExport, pastHour, runWhen } from "@/testing/runs/exports";
import { recordOf } from "@/testing/runs/ledger";
import { insertPersons, personRow } from "@/testing/runs/persons";
import { openProject, type TestProject } from "@/testing/runs/project";
import { sourceOwner } from "@/testing/runs/source-owner";
import { askRuns } from "@/worker/steps/checks/ask-runs";
import { lookAgain } from "@/worker/steps/checks/look-again";

const { signal } = new AbortController();

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterEach(() => resetSource());
afterAll(() => project.close());

let hours = 0;
const nextHour = () => {
  hours += 1;
  return pastHour(hours);
};

const ROWS = 40;

/** A committed window with rows of two events, spread over the hour. */
async function commit(destination: Partial<S3DestinationInput>, values: { rows?: number } = {}) {
  const window = nextHour();
  const { rows = ROWS } = values;
  const step = Math.floor((micros(window.end) - micros(window.start)) / ROWS);
  const made = Array.from({ length: rows }, (_, index) =>
    eventRow(micros(window.start) + index * step, {
      event: Buffer.from(index % 2 === 0 ? "even" : "odd"),
      properties: Buffer.from(`{"noise":"${Array.from({ length: 20 }, () => randomUUID()).join("")}"}`),
    }),
  );
  if (made.length > 0) await insertEvents(project.sourceProjectId, made);
  const exported = await makeExport(project, { destination });
  const run = await completeWindow(project, exported.id, window);
  return { window, exported, run, made };
}

const deleteEvents = (window: Window, where: string) =>
  sourceOwner().command({
    query: `ALTER TABLE events DELETE WHERE project_id = {p:UInt32} AND inserted_at >= fromUnixTimestamp64Micro({s:Int64}, 'UTC')
      AND inserted_at < fromUnixTimestamp64Micro({e:Int64}, 'UTC') AND ${where} SETTINGS mutations_sync = 2`,
    query_params: { p: project.sourceProjectId, s: micros(window.start), e: micros(window.end) },
  });

const outcomeOf = async (runId: string, fingerprints = false) => {
  const [finding] = await askRuns(deps(), [runId], { fingerprints, signal });
  return finding;
};

/** Each splits the window's rows into files in its own way. */
const SPLITS: [string, Partial<S3DestinationInput>][] = [
  ["one file", {}],
  ["files cut by size", { maxFileSizeMb: 1, compression: "none" }],
  ["Parquet by hour and event", { layout: "hive", partitionByEvent: true, format: "parquet" }],
  ["Amplitude's hours", { layout: "amplitude" }],
];

type Committed = Awaited<ReturnType<typeof commit>>;

/** What becomes of a window's rows, and what counts and fingerprints say of it. */
const FAULTS: [string, (done: Committed) => Promise<unknown>, counts: string, fingerprints: string][] = [
  ["nothing", async () => {}, "unchanged", "unchanged"],
  [
    "a row came late",
    ({ window }) =>
      insertEvents(project.sourceProjectId, [eventRow(micros(window.start) + 7, { event: Buffer.from("even") })]),
    "late",
    "late",
  ],
  [
    "a row of a new event came late",
    ({ window }) =>
      insertEvents(project.sourceProjectId, [eventRow(micros(window.end) - 1, { event: Buffer.from("new") })]),
    "late",
    "late",
  ],
  ["a row went", ({ window, made }) => deleteEvents(window, `uuid = '${made[3]!.uuid}'`), "shrunk", "shrunk"],
  ["every row went", ({ window }) => deleteEvents(window, "1"), "gone", "gone"],
  [
    "a row went and another came in its place",
    async ({ window, made }) => {
      await deleteEvents(window, `uuid = '${made[3]!.uuid}'`);
      await insertEvents(project.sourceProjectId, [eventRow(made[3]!.inserted_at, { event: made[3]!.event })]);
    },
    "unchanged",
    "changed",
  ],
];

describe("asking the source again", () => {
  it.each(SPLITS.flatMap(([split, destination]) => FAULTS.map((fault) => [split, destination, ...fault] as const)))(
    "%s: %j after %s",
    async (_split, destination, _fault, injure, counts, fingerprints) => {
      const done = await commit(destination);
      await injure(done);
      expect(await outcomeOf(done.run.id)).toMatchObject({ outcome: counts, expected: { rows: ROWS } });
      expect(await outcomeOf(done.run.id, true)).toMatchObject({ outcome: fingerprints });
    },
  );

  it("finds a row that moved from one file to another", async () => {
    const { window, run, made } = await commit({ layout: "hive", partitionByEvent: true });
    await deleteEvents(window, `uuid = '${made[0]!.uuid}'`);
    await insertEvents(project.sourceProjectId, [eventRow(made[0]!.inserted_at, { event: Buffer.from("odd") })]);
    expect(await outcomeOf(run.id)).toMatchObject({ outcome: "changed" });
  });

  it("finds rows in a window that was empty", async () => {
    const { window, run } = await commit({}, { rows: 0 });
    expect(await outcomeOf(run.id, true)).toMatchObject({ outcome: "unchanged", found: { rows: 0 } });
    await insertEvents(project.sourceProjectId, [eventRow(micros(window.start))]);
    expect(await outcomeOf(run.id)).toMatchObject({ outcome: "late", expected: { rows: 0 }, found: { rows: 1 } });
  });

  it("asks adjacent windows together, with files cut by size, and each gets its own answer", async () => {
    const windows = [nextHour(), nextHour(), nextHour()];
    const exported = await makeExport(project, { destination: { maxFileSizeMb: 1, compression: "none" } });
    const ids: string[] = [];
    for (const window of windows) {
      await fillWindow(project.sourceProjectId, window, { rows: 600, bytes: 5000 });
      ids.push((await completeWindow(project, exported.id, window)).id);
    }
    expect((await recordOf(ids[0]!)).files).toBeGreaterThan(2);
    await deleteEvents(windows[1]!, "toInt64OrZero(distinct_id) = 300");
    const findings = await askRuns(deps(), ids, { fingerprints: true, signal });
    const outcomes = new Map(findings.map(({ run, outcome }) => [run.id, outcome]));
    expect(ids.map((id) => outcomes.get(id))).toEqual(["unchanged", "shrunk", "unchanged"]);
  });

  it("counts files that are cut between rows of one moment, by the source's own order of ids", async () => {
    const window = nextHour();
    const rows = Array.from({ length: 300 }, () =>
      eventRow(micros(window.start), { properties: Buffer.from(`{"a":"${"x".repeat(9000)}"}`) }),
    );
    await insertEvents(project.sourceProjectId, rows);
    const exported = await makeExport(project, { destination: { maxFileSizeMb: 1, compression: "none" } });
    const run = await completeWindow(project, exported.id, window);
    expect(run.files).toBeGreaterThan(2);
    expect(await outcomeOf(run.id, true)).toMatchObject({ outcome: "unchanged" });
    await insertEvents(project.sourceProjectId, [eventRow(micros(window.start))]);
    expect(await outcomeOf(run.id)).toMatchObject({ outcome: "late" });
  });

  it("does not ask beyond the source's retention, and says so", async () => {
    const { run, window } = await commit({});
    await deleteEvents(window, "1");
    await getDb()
      .update(runs)
      .set({
        intervalStart: sql`${runs.intervalStart} - interval '40 days'`,
        intervalEnd: sql`${runs.intervalEnd} - interval '40 days'`,
      })
      .where(eq(runs.id, run.id));
    await setSource({ retentionDays: 30 });
    const reason = "The source keeps rows for 30 days, and the window is older.";
    expect(await outcomeOf(run.id)).toMatchObject({ outcome: "unknown", reason, found: { rows: null } });
  });
});

describe("persons", () => {
  const made = async (rows: number) => {
    const window = nextHour();
    const persons = Array.from({ length: rows }, () => randomUUID());
    await insertPersons(
      project.sourceProjectId,
      persons.map((id, index) => personRow(id, 1, micros(window.start) + index)),
    );
    const exported = await makeExport(project, { model: "persons" });
    return { window, persons, run: await completeWindow(project, exported.id, window) };
  };
  const forget = (person: string) =>
    sourceOwner().command({
      query: "ALTER TABLE persons DELETE WHERE person_id = {id:UUID} AND version = 1 SETTINGS mutations_sync = 2",
      query_params: { id: person },
    });

  it("with a newer version after the window are not lost", async () => {
    const { window, persons, run } = await made(4);
    const [changed] = persons;
    await insertPersons(project.sourceProjectId, [
      personRow(changed!, 2, micros(window.end) + 5, { created_at: micros(window.start) }),
    ]);
    expect(await outcomeOf(run.id, true)).toMatchObject({ outcome: "unchanged" });
    // As a merge that keeps only the newest version does.
    await forget(changed!);
    expect(await outcomeOf(run.id, true)).toMatchObject({
      outcome: "unchanged",
      reason: expect.stringContaining("have a newer version"),
      found: { rows: 3 },
    });
    await forget(persons[1]!);
    expect(await outcomeOf(run.id, true)).toMatchObject({ outcome: "shrunk" });
  });
});

/** Makes a run's next look due, as if it had been committed this many seconds ago. */
const makeDue = (runId: string, seconds: number) =>
  getDb()
    .update(watchedRuns)
    .set({ committedAt: sql`now() - ${seconds} * interval '1 second'`, nextLookAt: sql`now()` })
    .where(eq(watchedRuns.runId, runId));

const checksOf = (runId: string) =>
  getDb().select().from(checks).where(eq(checks.runId, runId)).orderBy(asc(checks.checkedAt));

const watchOf = async (runId: string) =>
  (await getDb().select().from(watchedRuns).where(eq(watchedRuns.runId, runId)))[0]!;

/** Lets healing start runs: a paused export waits. Its schedule stays paused in Temporal, and nothing is due. */
const wake = (exportId: string, onLate: "heal" | "ask" | "report" = "heal") =>
  getDb()
    .update(exports)
    .set({
      paused: false,
      dueFrom: sql`now() + interval '1 day'`,
      checks: sql`${exports.checks} || ${JSON.stringify({ onLate })}::jsonb`,
    })
    .where(eq(exports.id, exportId));

const HOURS = 3600;

describe("looks", () => {
  it("are due 10 minutes, 1 hour, 1, 7 and 30 days after the commit, and compare fingerprints after a day", async () => {
    const { run } = await commit({});
    const { committedAt, nextLookAt } = await watchOf(run.id);
    expect(+nextLookAt! - +committedAt).toBe(600_000);
    for (const seconds of [700, 1.5 * HOURS, 25 * HOURS, 8 * 24 * HOURS, 31 * 24 * HOURS]) {
      await makeDue(run.id, seconds);
      await lookAgain(deps(), signal);
    }
    const found = await checksOf(run.id);
    expect(found.map(({ look, outcome }) => `${look} ${outcome}`)).toEqual(
      ["10m", "1h", "1d", "7d", "30d"].map((look) => `${look} unchanged`),
    );
    expect(found.map(({ found: { fingerprint } }) => fingerprint !== undefined)).toEqual([
      false,
      false,
      true,
      false,
      false,
    ]);
    expect((await watchOf(run.id)).nextLookAt).toBeNull();
  });

  it("that were missed are made up for by one", async () => {
    const { run } = await commit({});
    await makeDue(run.id, 26 * HOURS);
    await lookAgain(deps(), signal);
    const found = await checksOf(run.id);
    expect(found.map(({ look }) => look)).toEqual(["1d"]);
    expect(found[0]?.found.fingerprint).toBeDefined();
  });

  it("heal a window with late rows: another run exports them and supersedes the receipt", async () => {
    const { run, exported, window } = await commit({});
    await wake(exported.id);
    await insertEvents(project.sourceProjectId, [eventRow(micros(window.start) + 7)]);
    await makeDue(run.id, 700);
    await Promise.all([lookAgain(deps(), signal), lookAgain(deps(), signal)]);
    const [found, ...others] = await checksOf(run.id);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ outcome: "late", expected: { rows: ROWS }, found: { rows: ROWS + 1 } });
    const healed = await runWhen(project, found!.healRunId!, ({ state }) => state === "Completed");
    expect(healed).toMatchObject({ trigger: "heal", rows: ROWS + 1, retryOf: run.id, receiptStatus: "current" });
    const { receipt } = await recordOf(healed.id);
    expect(receipt).toMatchObject({ supersedes: { runId: run.id, reason: "heal" } });
    const range = { from: window.start.toISOString(), to: window.end.toISOString() };
    expect(await getCoverage(project.actor, { exportId: exported.id, ...range })).toMatchObject([
      { state: "committed", runId: healed.id, healed: true, outcome: null, receiptSha256: expect.any(String) },
    ]);
    expect(await getDb().select().from(alerts).where(eq(alerts.exportId, exported.id))).toEqual([]);
    expect(await watchOf(run.id)).toBeUndefined();
    await makeDue(healed.id, 700);
    await lookAgain(deps(), signal);
    expect(await checksOf(healed.id)).toMatchObject([{ outcome: "unchanged" }]);
  });

  it("heal with what the window was exported with, whatever the export is like by now", async () => {
    const { run, exported, window } = await commit({});
    await wake(exported.id);
    await getDb()
      .update(exports)
      .set({ filters: { includeEvents: ["odd"], excludeEvents: [], properties: [] } })
      .where(eq(exports.id, exported.id));
    await insertEvents(project.sourceProjectId, [eventRow(micros(window.start) + 7)]);
    await makeDue(run.id, 700);
    await lookAgain(deps(), signal);
    const [found] = await checksOf(run.id);
    expect(await runWhen(project, found!.healRunId!, ({ state }) => state === "Completed")).toMatchObject({
      rows: ROWS + 1,
    });
  });

  it.each(["ask", "report"] as const)("start nothing if the export says %s, and raise one alert", async (onLate) => {
    const { run, exported, window } = await commit({});
    await wake(exported.id, onLate);
    await insertEvents(project.sourceProjectId, [eventRow(micros(window.start) + 7)]);
    for (const seconds of [700, 2 * HOURS]) {
      await makeDue(run.id, seconds);
      await lookAgain(deps(), signal);
    }
    expect(await checksOf(run.id)).toMatchObject([
      { outcome: "late", healRunId: null },
      { outcome: "late", healRunId: null },
    ]);
    const raised = await getDb().select().from(alerts).where(eq(alerts.exportId, exported.id));
    expect(raised).toMatchObject([{ kind: "finding", cause: "check_source_late", runId: run.id }]);
  });

  it.each([
    ["shrunk", (done: Committed) => deleteEvents(done.window, `uuid = '${done.made[3]!.uuid}'`)],
    ["gone", (done: Committed) => deleteEvents(done.window, "1")],
  ] as const)("never heal what is %s, and raise an alert", async (outcome, injure) => {
    const done = await commit({});
    await wake(done.exported.id);
    await injure(done);
    await makeDue(done.run.id, 700);
    await lookAgain(deps(), signal);
    expect(await checksOf(done.run.id)).toMatchObject([{ outcome, healRunId: null }]);
    const raised = await getDb().select().from(alerts).where(eq(alerts.exportId, done.exported.id));
    expect(raised).toMatchObject([{ kind: "finding", cause: `check_source_${outcome}` }]);
    expect(raised[0]!.failure!.message).toContain(`The receipt says ${ROWS} rows`);
  });

  it("wait for a person once three heals have failed", async () => {
    const { run, exported, window } = await commit({});
    await wake(exported.id);
    await insertEvents(project.sourceProjectId, [eventRow(micros(window.start) + 7)]);
    const heals = Array.from({ length: 3 }, () => randomUUID());
    const { organizationId, projectId, requestId: _, ...row } = await recordOf(run.id);
    for (const id of heals)
      await getDb()
        .insert(runs)
        .values({
          ...{ id, organizationId, projectId, exportId: exported.id, requestId: id, workflowId: id },
          ...{ intervalStart: row.intervalStart, intervalEnd: row.intervalEnd },
          ...{ trigger: "heal", retryOf: run.id, state: "Failed" },
        });
    await makeDue(run.id, 700);
    await lookAgain(deps(), signal);
    expect(await checksOf(run.id)).toMatchObject([{ outcome: "late", healRunId: null }]);
    const raised = await getDb().select().from(alerts).where(eq(alerts.exportId, exported.id));
    expect(raised).toMatchObject([{ cause: "check_source_late" }]);
    const others = and(eq(runs.exportId, exported.id), eq(runs.state, "Running"));
    expect(await getDb().select().from(runs).where(others)).toEqual([]);
  });

  it("end with the receipt, and with the export", async () => {
    const { run, exported } = await commit({});
    await makeDue(run.id, 700);
    await getDb().update(exports).set({ deletedAt: sql`now()` }).where(eq(exports.id, exported.id));
    await lookAgain(deps(), signal);
    expect(await checksOf(run.id)).toEqual([]);
    expect((await watchOf(run.id)).nextLookAt).toBeNull();
  });
});
