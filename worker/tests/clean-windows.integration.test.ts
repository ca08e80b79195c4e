import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { alerts } from "@/lib/db/schema";
import type { Finding } from "@/lib/services/checks";
import { recordChecks } from "@/lib/services/checks/record";
import { micros } from "@/lib/source/time";
import { MINUTE } from "@/lib/units";
import { deps } from "@/testing/runs/deps";
import { eventRow, insertEvents } from "@/testing/runs/events";
import { makeExport, pastHour } from "@/testing/runs/exports";
import { isLong } from "@/testing/runs/is-long";
import { openProject, type TestProject } from "@/testing/runs/project";
import { windowSteps } from "@/testing/runs/window-steps";
import { askRuns } from "@/worker/steps/checks/ask-runs";
import { auditRuns } from "@/worker/steps/checks/audit-runs";

const COUNT = isLong ? 350 : 30;
const FIRST = pastHour(40).start.getTime();
const windows = Array.from({ length: COUNT }, (_, n) => ({
  start: new Date(FIRST + n * 5 * MINUTE),
  end: new Date(FIRST + (n + 1) * 5 * MINUTE),
}));

let project: TestProject;
const { complete } = windowSteps(() => project);

beforeAll(async () => {
  project = await openProject();
  // Every third window has rows, of two events, at its edges too.
  const filled = windows.filter((_, n) => n % 3 === 0);
  await insertEvents(
    project.sourceProjectId,
    filled.flatMap(({ start, end }) =>
      [micros(start), micros(start) + 5, micros(end) - 1].map((at, n) =>
        eventRow(at, { event: Buffer.from(n === 1 ? "Sign up" : "$pageview") }),
      ),
    ),
  );
});
afterAll(() => project.close());

/** All that can be asked of windows: counts, fingerprints, a listing, every byte. */
async function checkAll(exportId: string, ids: string[]): Promise<Finding[]> {
  const signal = AbortSignal.timeout(300_000);
  return [
    ...(await askRuns(deps(), ids, { fingerprints: false, signal })),
    ...(await askRuns(deps(), ids, { fingerprints: true, signal })),
    ...(await auditRuns(deps(), exportId, ids, { isDeep: false, signal })),
    ...(await auditRuns(deps(), exportId, ids, { isDeep: true, signal })),
  ];
}

const CLEAN = ["deep intact null", "destination intact null", "source unchanged null"];
const answers = (findings: Finding[]) =>
  [...new Set(findings.map(({ kind, outcome, reason }) => `${kind} ${outcome} ${reason}`))].toSorted();

describe(`checks of ${COUNT} clean windows`, () => {
  it.each([
    ["template", {}],
    ["hive by event", { layout: "hive" as const, partitionByEvent: true }],
    ["clevertap", { layout: "clevertap" as const }],
  ])(
    "raise no alarm: %s",
    async (_, destination) => {
      const exported = await makeExport(project, { destination, schedule: { every: "5m" } });
      const ids: string[] = [];
      for (const window of windows) ids.push(await complete(exported, window));
      const parts = [ids, ids.filter((_, n) => n % 7 === 0), ids.slice(10, 30), [ids[25]!]];
      for (const part of parts) {
        const findings = await checkAll(exported.id, part);
        expect(findings).toHaveLength(4 * part.length);
        expect(answers(findings)).toEqual(CLEAN);
      }
      // A retry of some, with the same rows, changes nothing either.
      for (const n of [3, 4, 5]) ids[n] = await complete(exported, windows[n]!);
      const findings = await checkAll(exported.id, ids);
      expect(findings).toHaveLength(4 * COUNT);
      expect(answers(findings)).toEqual(CLEAN);
      expect(await recordChecks(deps(), findings)).toEqual([]);
      expect(await getDb().$count(alerts, eq(alerts.exportId, exported.id))).toBe(0);
    },
    1_200_000,
  );
});
