import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { isFirstWithin } from "@/lib/services/ledger";
import { makeExport } from "@/testing/runs/exports";
import { insertRun } from "@/testing/runs/insert-run";
import { openProject, type TestProject } from "@/testing/runs/project";

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

const hours = (from: number, to: number) => ({
  start: new Date(Date.UTC(2026, 0, 1, from)),
  end: new Date(Date.UTC(2026, 0, 1, to)),
});

describe("a run is the first of its window", () => {
  const among = async (others: ReturnType<typeof hours>[]) => {
    const { id } = await makeExport(project);
    for (const window of others) await insertRun(project, id, window, { state: "Failed" });
    return isFirstWithin(getDb(), await insertRun(project, id, hours(4, 8), { state: "Running" }));
  };

  it.each([
    ["nothing else", [], true],
    ["the windows beside it", [hours(0, 4), hours(8, 12)], true],
    ["a longer window that starts before it", [hours(0, 12)], true],
    ["the same window, even if that run failed", [hours(4, 8)], false],
    ["a window within it", [hours(7, 8)], false],
    ["a longer window with its start", [hours(4, 12)], false],
  ])("or not, if the ledger knows %s", async (_, others, isFirst) => {
    expect(await among(others)).toBe(isFirst);
  });

  it("whatever other exports have", async () => {
    const other = await makeExport(project);
    await insertRun(project, other.id, hours(4, 8), { state: "Failed" });
    expect(await among([])).toBe(true);
  });
});
