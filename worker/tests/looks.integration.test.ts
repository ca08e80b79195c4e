import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { exports } from "@/lib/db/schema";
import { LOOK_NAMES, type Look } from "@/lib/fields/checks";
import { patchExport } from "@/lib/services/exports/patch";
import { deps } from "@/testing/runs/deps";
import { checksOf, DAYS, HOURS, lookSteps, makeDue, watchOf } from "@/testing/runs/looks";
import { openProject, type TestProject } from "@/testing/runs/project";
import { lookAgain } from "@/worker/steps/checks/look-again";

const { signal } = new AbortController();

let project: TestProject;
const { commit } = lookSteps(() => project);
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

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

  it("stay due when the export is saved, and follow its new settings", async () => {
    const { run, exported } = await commit();
    const save = (source: Look[]) => patchExport(project.actor, { id: exported.id, checks: { source } });
    const next = async () => {
      const { nextLookAt, committedAt } = await watchOf(run.id);
      return nextLookAt && Math.round((+nextLookAt - +committedAt) / 1000);
    };
    await makeDue(run.id, 2 * DAYS);
    await save([...LOOK_NAMES]);
    await save(["10m", "1d", "30d"]);
    expect(await next(), "what is overdue stays due").toBe(2 * DAYS);
    await lookAgain(deps(), signal);
    expect(await checksOf(run.id)).toMatchObject([{ look: "1d" }]);
    expect(await next()).toBe(30 * DAYS);
    await save(["1h", "7d"]);
    expect(await next(), "a new look whose time has passed is not made up for").toBe(7 * DAYS);
    await save([]);
    expect(await next()).toBeNull();
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
