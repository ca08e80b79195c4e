import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { alerts, runs } from "@/lib/db/schema";
import type { CheckOutcome, Found } from "@/lib/fields/checks";
import { alertLater, type Finding, recordChecks } from "@/lib/services/checks";
import { getCertificate } from "@/lib/services/receipts";
import { deps } from "@/testing/runs/deps";
import { completeWindow, makeExport, type S3Export } from "@/testing/runs/exports";
import { insertRun } from "@/testing/runs/insert-run";
import { recordOf } from "@/testing/runs/ledger";
import { alertsOf, checksOf, lookSteps, watchOf } from "@/testing/runs/looks";
import { openProject, type TestProject } from "@/testing/runs/project";

let project: TestProject;
let exported: S3Export;
/** Runs of two windows of the export. */
let first: string;
let second: string;
const { nextHour } = lookSteps(() => project);

beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());
beforeEach(async () => {
  exported = await makeExport(project);
  first = (await completeWindow(project, exported.id, nextHour())).id;
  second = (await completeWindow(project, exported.id, nextHour())).id;
});

/** Records what a look at a run's window found. */
async function find(runId: string, kind: Finding["kind"], outcome: CheckOutcome, found: Found = { rows: 0 }) {
  const run = await recordOf(runId);
  const finding: Finding = { run, kind, outcome, reason: null, expected: { rows: 0 }, found };
  return recordChecks(deps(), [finding]);
}

/** As if it were a day later. */
const nextDay = () =>
  getDb()
    .update(alerts)
    .set({ createdAt: sql`${alerts.createdAt} - interval '25 hours'` })
    .where(eq(alerts.exportId, exported.id));

const stateOf = async (runId: string) => {
  const { isBroken, sourceReported, sourceUnreported } = await watchOf(runId);
  return { isBroken, sourceReported, sourceUnreported };
};

describe("findings", () => {
  it("of another window on the same day are reported on the next, and none twice", async () => {
    expect(await find(first, "source", "shrunk")).toHaveLength(1);
    expect(await find(second, "source", "shrunk")).toEqual([]);
    expect(await stateOf(second)).toMatchObject({ sourceReported: null, sourceUnreported: "shrunk" });
    await alertLater(deps().db);
    expect(await alertsOf(exported.id)).toHaveLength(1);
    await nextDay();
    await find(first, "source", "shrunk");
    await Promise.all([alertLater(deps().db), alertLater(deps().db)]);
    const [, later, ...others] = await alertsOf(exported.id);
    expect([later?.runId, others]).toEqual([second, []]);
    expect(await stateOf(second)).toMatchObject({ sourceReported: "shrunk", sourceUnreported: null });
    await nextDay();
    await alertLater(deps().db);
    expect(await alertsOf(exported.id)).toHaveLength(2);
  });

  it("that wait are not reported once they are mended, or while a run works on the window", async () => {
    await find(first, "source", "shrunk");
    await find(second, "source", "shrunk");
    const { intervalStart: start, intervalEnd: end } = await recordOf(second);
    const { id } = await insertRun(project, exported.id, { start, end }, { trigger: "retry", state: "Running" });
    await nextDay();
    await alertLater(deps().db);
    expect(await alertsOf(exported.id)).toHaveLength(1);
    await find(second, "source", "unchanged");
    await getDb().update(runs).set({ state: "Failed" }).where(eq(runs.id, id));
    await alertLater(deps().db);
    expect(await alertsOf(exported.id)).toHaveLength(1);
  });

  it("are reported once, also if the storage doesn't respond in between", async () => {
    await find(first, "destination", "missing", { rows: null, missing: ["a"] });
    await find(first, "destination", "unknown", { rows: null });
    await nextDay();
    await find(first, "destination", "missing", { rows: null, missing: ["a"] });
    expect(await alertsOf(exported.id)).toHaveLength(1);
  });

  it("are listed again if there is more of them", async () => {
    await find(first, "destination", "missing", { rows: null, missing: ["a"] });
    await find(first, "destination", "missing", { rows: null, missing: ["a"] });
    await find(first, "destination", "missing", { rows: null, missing: ["a", "b"] });
    expect((await checksOf(first)).map(({ found }) => found.missing)).toEqual([["a"], ["a", "b"]]);
  });

  it("in the bytes are not mended by a listing, nor by not being able to read them", async () => {
    await find(first, "deep", "changed", { rows: null, changed: ["a"] });
    for (const [kind, outcome] of [
      ["destination", "intact"],
      ["destination", "unknown"],
      ["deep", "unreadable"],
    ] as const) {
      await find(first, kind, outcome);
      expect(await stateOf(first), `${kind} ${outcome}`).toMatchObject({ isBroken: true });
    }
    await find(first, "deep", "intact");
    expect(await stateOf(first)).toMatchObject({ isBroken: false });
    await find(first, "destination", "changed", { rows: null, changed: ["a"] });
    await find(first, "destination", "intact");
    expect(await stateOf(first)).toMatchObject({ isBroken: false });
  });

  it("of the source and of the destination are both in a certificate", async () => {
    const { intervalStart, intervalEnd } = await recordOf(first);
    const range = { from: intervalStart.toISOString(), to: intervalEnd.toISOString() };
    const messages = async () =>
      (await getCertificate(project.actor, { exportId: exported.id, ...range })).findings.map(({ message }) => message);
    expect(await messages()).toEqual([]);
    await find(first, "source", "shrunk");
    await find(first, "destination", "intact");
    expect(await messages()).toEqual(["The source now has fewer rows in this window than its receipt says."]);
    await find(first, "destination", "changed", { rows: null, changed: ["a"] });
    expect(await messages()).toHaveLength(2);
  });
});
