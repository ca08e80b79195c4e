import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { runDocuments, runs } from "@/lib/db/schema";
import type { S3DestinationInput } from "@/lib/destinations/s3/settings";
import { NO_FILTERS } from "@/lib/fields/filters";
import { tablesOfModel } from "@/lib/rows/tables/registry";
import { recount } from "@/lib/source/recount";
import { clickhouseTime, micros } from "@/lib/source/time";
import { resetSource, setSource } from "@/testing/api/rest";
import { deps } from "@/testing/runs/deps";
import { eventRow, fillWindow, insertEvents } from "@/testing/runs/events";
import { completeWindow, makeExport } from "@/testing/runs/exports";
import { recordOf } from "@/testing/runs/ledger";
import { type Committed, lookSteps, ROWS } from "@/testing/runs/looks";
import { insertPersons, personRow } from "@/testing/runs/persons";
import { openProject, type TestProject } from "@/testing/runs/project";
import { everyNth } from "@/testing/runs/sample";
import { sourceOwner } from "@/testing/runs/source-owner";
import { askInParts, askRuns } from "@/worker/steps/checks/ask-runs";

const { signal } = new AbortController();

let project: TestProject;
const { nextHour, commit, deleteEvents, arriveLate } = lookSteps(() => project);
beforeAll(async () => {
  project = await openProject();
});
afterEach(() => resetSource());
afterAll(() => project.close());

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

/** What becomes of a window's rows, and what counts and fingerprints say of it. */
const FAULTS: [string, (done: Committed) => Promise<unknown>, counts: string, fingerprints: string][] = [
  ["nothing", async () => {}, "unchanged", "unchanged"],
  ["a row came late", (done) => arriveLate(done), "late", "late"],
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
  const all = SPLITS.flatMap(([split, destination]) => FAULTS.map((fault) => [split, destination, ...fault] as const));
  it.each(everyNth(all, 5))("%s: %j after %s", async (_split, destination, _fault, injure, counts, fingerprints) => {
    const done = await commit(destination);
    await injure(done);
    expect(await outcomeOf(done.run.id)).toMatchObject({ outcome: counts, expected: { rows: ROWS } });
    expect(await outcomeOf(done.run.id, true)).toMatchObject({ outcome: fingerprints });
  });

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

  it("counts thousands of files, which are cut at more times and ids than one parameter takes", async () => {
    const window = nextHour();
    const count = 6000;
    const rows = Array.from({ length: count }, (_, index) => eventRow(micros(window.start) + 100 * index));
    await insertEvents(project.sourceProjectId, rows);
    const cuts = rows.map(({ inserted_at, uuid }) => ({ time: clickhouseTime(inserted_at), uuid: String(uuid) }));
    const files = cuts.map((from, index) => ({ from, to: cuts[index + 1] ?? null }));
    const selection = {
      model: tablesOfModel("events")[0]!,
      sourceProjectId: project.sourceProjectId,
      filters: NO_FILTERS,
    };
    for (const fingerprints of [false, true]) {
      const [found] = await recount(deps().source, selection, [{ ...window, files }], { fingerprints });
      expect(found).toMatchObject({ rows: count, files: rows.map(() => 1) });
    }
  });

  it("answers part by part, so that what takes long holds up nothing else", async () => {
    const [first, second] = [await commit(), await commit({ layout: "amplitude" })];
    await getDb()
      .update(runDocuments)
      .set({ spec: sql`jsonb_set(${runDocuments.spec}, '{filters,includeEvents}', '["even"]')` })
      .where(eq(runDocuments.runId, second.run.id));
    const ids = [first.run.id, second.run.id];
    const parts = await Array.fromAsync(askInParts(deps(), ids, { fingerprints: false, signal }));
    expect(parts.map((findings) => findings.map(({ run, outcome }) => [run.id, outcome])).toSorted()).toEqual(
      [[[first.run.id, "unchanged"]], [[second.run.id, "shrunk"]]].toSorted(),
    );
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
    // ClickHouse merges when it likes, and then keeps only the newest version.
    const before = await outcomeOf(run.id, true);
    expect(before?.outcome).toBe(before?.found.rows === persons.length ? "unchanged" : "unknown");
    await forget(changed!);
    expect(await outcomeOf(run.id, true)).toMatchObject({
      outcome: "unknown",
      reason: expect.stringContaining("have a newer version"),
      found: { rows: 3 },
    });
    await forget(persons[1]!);
    expect(await outcomeOf(run.id, true)).toMatchObject({ outcome: "shrunk" });
  });
});
