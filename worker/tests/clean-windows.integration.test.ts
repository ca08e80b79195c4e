import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { alerts, runs } from "@/lib/db/schema";
import { recordChecks } from "@/lib/services/checks/record";
import { createHistoricExport } from "@/lib/services/historic-exports/create";
import { MINUTE } from "@/lib/units";
import { deps } from "@/testing/runs/deps";
import { fillWindow } from "@/testing/runs/events";
import { makeExport, pastHour } from "@/testing/runs/exports";
import { isLong } from "@/testing/runs/is-long";
import { openProject, type TestProject } from "@/testing/runs/project";
import { until } from "@/testing/runs/until";
import { askRuns } from "@/worker/steps/checks/ask-runs";
import { auditRuns } from "@/worker/steps/checks/audit-runs";

const { signal } = new AbortController();
const WINDOWS = isLong ? 1000 : 48;

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

it(`${WINDOWS} clean windows raise no false alarm, at the source or at the destination`, async () => {
  const hours = Math.ceil((WINDOWS * 5) / 60);
  const { end } = pastHour(0);
  const range = { start: new Date(+end - hours * 60 * MINUTE), end };
  await fillWindow(project.sourceProjectId, range, { rows: WINDOWS * 20, bytes: 200 });
  const exported = await makeExport(project, {
    schedule: { every: "5m" },
    destination: { prefix: `${randomUUID()}/{year}/{month}/{day}/` },
  });
  const asked = { start: range.start.toISOString(), end: range.end.toISOString() };
  await createHistoricExport(project.actor, { exportId: exported.id, ...asked });
  const isCommitted = and(eq(runs.exportId, exported.id), eq(runs.state, "Completed"));
  const committed = await until(
    "all windows were committed",
    async () => {
      const found = await getDb().select({ id: runs.id }).from(runs).where(isCommitted);
      return found.length >= hours * 12 ? found.map(({ id }) => id) : null;
    },
    900,
  );
  const findings = [
    ...(await askRuns(deps(), committed, { fingerprints: false, signal })),
    ...(await askRuns(deps(), committed, { fingerprints: true, signal })),
    ...(await auditRuns(deps(), exported.id, committed, { isDeep: false, signal })),
    ...(await auditRuns(deps(), exported.id, committed, { isDeep: true, signal })),
  ];
  expect(findings).toHaveLength(committed.length * 4);
  const outcomes = Map.groupBy(findings, ({ kind, outcome }) => `${kind} ${outcome}`);
  expect([...outcomes.keys()].toSorted()).toEqual(["deep intact", "destination intact", "source unchanged"]);
  expect(await recordChecks(deps(), findings)).toEqual([]);
  expect(await getDb().select().from(alerts).where(eq(alerts.exportId, exported.id))).toEqual([]);
}, 1_200_000);
