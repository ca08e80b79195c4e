import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";
import { createHistoricExport } from "@/lib/services/historic-exports/create";
import { getHistoricExport } from "@/lib/services/historic-exports/get";
import { fillWindow } from "@/testing/runs/events";
import { makeExport, pastHour } from "@/testing/runs/exports";
import { isLong } from "@/testing/runs/is-long";
import { openProject, type TestProject } from "@/testing/runs/project";
import { until } from "@/testing/runs/until";

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

/** More than one request returns, and more than one history holds. */
const HOURS = [130, ...(isLong ? [620] : [])];
const SECONDS = 240;

describe("a historic export of many windows", () => {
  it.each(HOURS)(
    "runs each of %d once",
    async (hours) => {
      // Nothing is exported before the source's first row.
      await fillWindow(project.sourceProjectId, pastHour(hours), { rows: 1, bytes: 20 });
      const exported = await makeExport(project);
      const [start, end] = [pastHour(hours).start.toISOString(), pastHour(1).end.toISOString()];
      const { id } = await createHistoricExport(project.actor, { exportId: exported.id, start, end });
      const ended = await until(
        "the historic export had ended",
        async () => {
          const historic = await getHistoricExport(project.actor, { id });
          return historic.finishedAt !== null && historic;
        },
        SECONDS,
      );
      expect(ended).toMatchObject({ state: "Completed", windows: hours });
      const made = await getDb().select().from(runs).where(eq(runs.exportId, exported.id));
      expect(made.map(({ state }) => state)).toEqual(Array.from({ length: hours }, () => "Completed"));
      expect(new Set(made.map(({ intervalStart }) => intervalStart.getTime())).size).toBe(hours);
    },
    (SECONDS + 60) * 1000,
  );
});
