import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { alerts, auditLog, exports, runs } from "@/lib/db/schema";
import type { Run } from "@/lib/schemas/run";
import { getCoverage } from "@/lib/services/coverage";
import { patchExport } from "@/lib/services/exports/patch";
import { createHistoricExport } from "@/lib/services/historic-exports/create";
import { startWorkflows } from "@/lib/services/ledger";
import { getRun } from "@/lib/services/runs/get";
import { getReceipt } from "@/lib/services/runs/get-receipt";
import { retryRun } from "@/lib/services/runs/retry";
import { getTemporal } from "@/lib/temporal/client";
import type { Window } from "@/lib/windows";
import { deleteEvents, fillWindow } from "@/testing/runs/events";
import {
  completeWindow,
  makeExport,
  pastHour,
  runWhen,
  type S3Export,
  startWindow,
  whenCleaned,
} from "@/testing/runs/exports";
import { insertRun } from "@/testing/runs/insert-run";
import { recordOf } from "@/testing/runs/ledger";
import { openProject, type TestProject } from "@/testing/runs/project";
import { contents, expectUntouched, shrinkAudit } from "@/testing/runs/shrink";
import { until } from "@/testing/runs/until";

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

const ROWS = 1000;

/** A window committed with 1,000 rows. */
async function committed(back: number) {
  const window = pastHour(back);
  await fillWindow(project.sourceProjectId, window, { rows: ROWS, bytes: 100 });
  const exported = await makeExport(project, { destination: { prefix: `shrink/${back}/` } });
  const first = await completeWindow(project, exported.id, window);
  return { window, exported, first, prefix: `shrink/${back}/` };
}

type Committed = Awaited<ReturnType<typeof committed>>;

const ended = (id: string) => runWhen(project, id, ({ state }) => ["Completed", "Failed"].includes(state));

const coverageOf = ({ id }: S3Export, { start, end }: Window) =>
  getCoverage(project.actor, { exportId: id, from: start.toISOString(), to: end.toISOString() });

/** Every way to run a committed window again. */
const TRIGGERS: Record<string, (of: Committed) => Promise<string>> = {
  retry: async ({ first }) => (await retryRun(project.actor, { id: first.id })).id,
  once: ({ exported, window }) => startWindow(project, exported.id, window),
  historic: async ({ exported, window }) => {
    const range = { start: window.start.toISOString(), end: window.end.toISOString() };
    const { id } = await createHistoricExport(project.actor, { exportId: exported.id, ...range });
    return until("the historic export had its run", async () => {
      const [run] = await getDb().select({ id: runs.id }).from(runs).where(eq(runs.historicExportId, id));
      return run?.id;
    });
  },
  heal: async ({ exported, window, first }) => {
    const run = await insertRun(project, exported.id, window, { trigger: "heal", retryOf: first.id });
    await startWorkflows(getTemporal(), [{ run, destinationType: "s3" }]);
    return run.id;
  },
};

async function expectStillCommitted({ exported, window, first }: Committed, refused: Run): Promise<void> {
  expect(await getRun(project.actor, { id: first.id })).toMatchObject({ receiptStatus: "current", supersededBy: null });
  expect(await coverageOf(exported, window)).toMatchObject([{ state: "committed", runId: first.id, rows: ROWS }]);
  await expectUntouched(refused.id);
  const [row] = await getDb().select().from(exports).where(eq(exports.id, exported.id));
  expect(row, "the export works").toMatchObject({ failuresInRow: 0, pause: { by: "person" } });
}

describe("a committed window whose rows are lost at the source", () => {
  it.each([
    ["retry", "some are deleted", 1, "toUInt32OrZero(distinct_id) >= 20", 20],
    ["once", "the older half has expired", 2, "toUInt32OrZero(distinct_id) < 500", 500],
    ["historic", "a single one is deleted", 3, "distinct_id = '7'", 999],
    ["heal", "all are gone", 4, "true", 0],
  ])("is not replaced by a run of the trigger %s: %s", async (trigger, _, back, lost, left) => {
    const of = await committed(back);
    const before = await contents(project.bucket, of.prefix);
    await deleteEvents(project.sourceProjectId, of.window, lost);
    const refused = await ended(await TRIGGERS[trigger]!(of));
    expect(refused).toMatchObject({
      trigger,
      state: "Failed",
      attempt: 1,
      error: { code: "would_shrink", retryable: false, rows: { receipt: ROWS, source: left } },
    });
    expect(await contents(project.bucket, of.prefix)).toEqual(before);
    await expectStillCommitted(of, refused);
  });

  it("is replaced by a retry that an admin allows, which the audit log says; the next retry may not", async () => {
    const of = await committed(5);
    await deleteEvents(project.sourceProjectId, of.window, "toUInt32OrZero(distinct_id) >= 20");
    const refused = await ended(await TRIGGERS.retry!(of));
    const { id } = await retryRun(project.actor, { id: refused.id, allowShrink: true });
    const second = await ended(id);
    expect(second).toMatchObject({ state: "Completed", rows: 20, receiptStatus: "current" });
    await whenCleaned(id);
    expect(await getRun(project.actor, { id: of.first.id })).toMatchObject({ supersededBy: id });
    expect(await getReceipt(project.actor, { id })).toMatchObject({ rows: 20, supersedes: { runId: of.first.id } });
    const [asked] = await getDb()
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.objectId, id), eq(auditLog.action, "run.retry")));
    expect(asked?.changes).toEqual(
      expect.arrayContaining([
        { field: "allowShrink", before: null, after: true },
        { field: "rows.receipt", before: null, after: ROWS },
        { field: "rows.source", before: null, after: 20 },
      ]),
    );
    const actor = { actorKind: "user", actorName: project.actor.name };
    const changes = [{ field: "rows", before: ROWS, after: 20 }];
    expect(await shrinkAudit([id])).toEqual([{ objectId: id, objectName: second.requestId, ...actor, changes }]);

    await deleteEvents(project.sourceProjectId, of.window, "distinct_id = '3'");
    const third = await ended((await retryRun(project.actor, { id })).id);
    expect(third).toMatchObject({
      state: "Failed",
      error: { code: "would_shrink", rows: { receipt: 20, source: 19 } },
    });
    expect((await recordOf(third.id)).allowShrink).toBe(false);
  });

  it("may be emptied if that is allowed", async () => {
    const { window, first, prefix } = await committed(6);
    await deleteEvents(project.sourceProjectId, window);
    const { id } = await retryRun(project.actor, { id: first.id, allowShrink: true });
    expect(await ended(id)).toMatchObject({ state: "Completed", rows: 0, files: 0 });
    await whenCleaned(id);
    expect(await project.bucket.keys(prefix)).toEqual([expect.stringMatching(/_manifest\.json$/)]);
    expect(await shrinkAudit([id])).toMatchObject([{ changes: [{ field: "rows", before: ROWS, after: 0 }] }]);
  });
});

describe("a committed window", () => {
  it("is replaced by as many rows and by more, and the audit log names no loss", async () => {
    const { window, first } = await committed(7);
    const same = await ended((await retryRun(project.actor, { id: first.id })).id);
    expect(same).toMatchObject({ state: "Completed", rows: ROWS });
    await fillWindow(project.sourceProjectId, window, { rows: 5, bytes: 10 });
    const more = await ended((await retryRun(project.actor, { id: first.id, allowShrink: true })).id);
    expect(more).toMatchObject({ state: "Completed", rows: ROWS + 5 });
    expect(await shrinkAudit([same.id, more.id])).toEqual([]);
  });

  it("is not replaced by the fewer rows of other filters, and raises one alert without a recovery", async () => {
    const of = await committed(8);
    const filters = { includeEvents: ["nothing has this name"], excludeEvents: [], properties: [] };
    await patchExport(project.actor, { id: of.exported.id, filters });
    for (const _ of [1, 2, 3, 4]) {
      const refused = await ended(await TRIGGERS.retry!(of));
      expect(refused.error?.rows).toEqual({ receipt: ROWS, source: 0 });
      await expectStillCommitted(of, refused);
    }
    await completeWindow(project, of.exported.id, pastHour(400));
    const raised = await getDb().select().from(alerts).where(eq(alerts.exportId, of.exported.id));
    expect(raised.map(({ kind, cause }) => [kind, cause])).toEqual([["failed", "would_shrink"]]);
  });
});
