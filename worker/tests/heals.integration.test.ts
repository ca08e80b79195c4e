import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { exports, runDocuments, runs } from "@/lib/db/schema";
import { getCoverage } from "@/lib/services/coverage/get";
import { patchExport } from "@/lib/services/exports/patch";
import { endRun } from "@/lib/services/ledger";
import { DAY, MINUTE } from "@/lib/units";
import { deps } from "@/testing/runs/deps";
import { makeRun, plan } from "@/testing/runs/destinations/steps";
import { runWhen } from "@/testing/runs/exports";
import { recordOf } from "@/testing/runs/ledger";
import {
  alertsOf,
  type Committed,
  checksOf,
  HOURS,
  lookSteps,
  makeDue,
  ROWS,
  wake,
  watchOf,
} from "@/testing/runs/looks";
import { openProject, type TestProject } from "@/testing/runs/project";
import { lookAgain } from "@/worker/steps/checks/look-again";

const { signal } = new AbortController();

let project: TestProject;
const { commit, deleteEvents, arriveLate } = lookSteps(() => project);
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

/** A heal of a committed window that has ended. */
async function insertHeal({ exported, run, window }: Omit<Committed, "made">, state: "Failed" | "Cancelled") {
  await makeRun(project, exported, window, { trigger: "heal", retryOf: run.id, state });
}

describe("late rows", () => {
  it("heal a window with late rows: another run exports them and supersedes the receipt", async () => {
    const { run, exported, window } = await commit({});
    await wake(exported.id);
    await arriveLate({ window });
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
    expect(await alertsOf(exported.id)).toEqual([]);
    expect(await watchOf(run.id)).toBeUndefined();
    await makeDue(healed.id, 700);
    await lookAgain(deps(), signal);
    expect(await checksOf(healed.id)).toMatchObject([{ outcome: "unchanged" }]);
  });

  it("heal with what the window was exported with, whatever the export is like now", async () => {
    const { run, exported, window } = await commit({});
    await wake(exported.id);
    await getDb()
      .update(exports)
      .set({ filters: { includeEvents: ["odd"], excludeEvents: [], properties: [] } })
      .where(eq(exports.id, exported.id));
    await arriveLate({ window });
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
    await arriveLate({ window });
    for (const seconds of [700, 2 * HOURS]) {
      await makeDue(run.id, seconds);
      await lookAgain(deps(), signal);
    }
    expect(await checksOf(run.id)).toMatchObject([
      { outcome: "late", healRunId: null },
      { outcome: "late", healRunId: null },
    ]);
    const raised = await alertsOf(exported.id);
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
    const raised = await alertsOf(done.exported.id);
    expect(raised).toMatchObject([{ kind: "finding", cause: `check_source_${outcome}` }]);
    expect(raised[0]!.failure!.message).toContain(`The receipt says ${ROWS} rows`);
  });

  it("are not appended to a table automatically: it would have the window twice", async () => {
    const done = await commit();
    await wake(done.exported.id);
    await arriveLate(done);
    await getDb()
      .update(runDocuments)
      .set({ spec: sql`jsonb_set(${runDocuments.spec}, '{destination,commitMode}', '"append"')` })
      .where(eq(runDocuments.runId, done.run.id));
    await makeDue(done.run.id, 700);
    await lookAgain(deps(), signal);
    expect(await checksOf(done.run.id)).toMatchObject([{ outcome: "late", healRunId: null }]);
    expect(await alertsOf(done.exported.id)).toMatchObject([{ cause: "check_source_late" }]);
  });

  it("wait for a person who has canceled the heal", async () => {
    const done = await commit();
    await wake(done.exported.id);
    await arriveLate(done);
    await insertHeal(done, "Cancelled");
    await makeDue(done.run.id, 700);
    await lookAgain(deps(), signal);
    expect(await checksOf(done.run.id)).toMatchObject([{ outcome: "late", healRunId: null }]);
    expect(await alertsOf(done.exported.id)).toMatchObject([{ cause: "check_source_late" }]);
  });

  it("wait while the export is paused, and are exported once it is resumed", async () => {
    const done = await commit();
    const { id } = done.exported;
    await arriveLate(done);
    await makeDue(done.run.id, 700);
    await lookAgain(deps(), signal);
    expect(await checksOf(done.run.id)).toMatchObject([{ outcome: "late", healRunId: null }]);
    const [alert] = await alertsOf(id);
    expect(alert?.failure?.fix).toContain("once the export is resumed");
    expect(+(await watchOf(done.run.id)).nextLookAt! - Date.now(), "not over and over").toBeGreaterThan(30 * MINUTE);
    await patchExport(project.actor, { id, startAt: new Date(Date.now() + DAY).toISOString(), paused: false });
    await lookAgain(deps(), signal);
    const { healRunId } = (await checksOf(done.run.id)).find((check) => check.healRunId !== null)!;
    expect(await runWhen(project, healRunId!, ({ state }) => state === "Completed")).toMatchObject({ rows: ROWS + 1 });
  });

  it("raise an alert if a heal fails that has taken the window's receipt away", async () => {
    const { exported, run, window } = await commit({ layout: "amplitude" });
    await arriveLate({ window });
    const id = await makeRun(project, exported, window, { trigger: "heal", retryOf: run.id });
    await plan(id);
    expect((await recordOf(run.id)).supersededBy).toBe(id);
    await endRun(deps(), id, "Failed", { code: "x", message: "It failed.", fix: "Fix it.", retryable: false });
    expect(await alertsOf(exported.id)).toMatchObject([{ kind: "failed", runId: id }]);
  });

  it("wait for a person once three heals have failed", async () => {
    const { run, exported, window } = await commit({});
    await wake(exported.id);
    await arriveLate({ window });
    for (let n = 0; n < 3; n += 1) await insertHeal({ exported, run, window }, "Failed");
    await makeDue(run.id, 700);
    await lookAgain(deps(), signal);
    expect(await checksOf(run.id)).toMatchObject([{ outcome: "late", healRunId: null }]);
    const raised = await alertsOf(exported.id);
    expect(raised).toMatchObject([{ cause: "check_source_late" }]);
    const others = and(eq(runs.exportId, exported.id), eq(runs.state, "Running"));
    expect(await getDb().select().from(runs).where(others)).toEqual([]);
  });
});
