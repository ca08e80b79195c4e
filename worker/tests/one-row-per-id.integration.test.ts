import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { getSource, queryRows } from "@/lib/source/client";
import { micros } from "@/lib/source/time";
import { resetSource, setSource } from "@/testing/api/rest";
import { eventRow, insertEvents } from "@/testing/runs/events";
import { makeExport, pastHour, runWhen, startWindow } from "@/testing/runs/exports";
import { recordOf } from "@/testing/runs/ledger";
import { openProject, type TestProject } from "@/testing/runs/project";

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterEach(() => resetSource());
afterAll(() => project.close());

const lineUuids = async (prefix: string) => {
  const keys = (await project.bucket.keys(prefix)).filter((key) => key.endsWith(".jsonl"));
  const lines = (await Promise.all(keys.map((key) => project.bucket.lines(key)))).flat();
  return lines.map((line) => JSON.parse(line) as { uuid: string; ip: string });
};

it("exports the first row of each id where the source is set so, in any number of files", async () => {
  const window = pastHour(1);
  const start = micros(window.start);
  const uuids = Array.from({ length: 40 }, () => randomUUID());
  const big = Buffer.from(JSON.stringify({ text: "x".repeat(60_000) }));
  const rows = uuids.flatMap((uuid, n) => [
    eventRow(start + n * 1000, { uuid, properties: big, ip: Buffer.from("first") }),
    eventRow(start + n * 1000 + 500_000, { uuid, properties: big, ip: Buffer.from("again") }),
    // Rows with equal times differ only in content.
    ...(n % 2 ? [eventRow(start + n * 1000, { uuid, properties: big, ip: Buffer.from("first") })] : []),
  ]);
  await insertEvents(project.sourceProjectId, rows);
  await setSource({ oneRowPerId: true });
  const destination = { prefix: "once/", compression: "none" as const, maxFileSizeMb: 1 };
  const exported = await makeExport(project, { destination });
  const id = await startWindow(project, exported.id, window);
  const done = await runWhen(project, id, ({ state }) => state === "Completed");
  expect(done).toMatchObject({ rows: 40 });
  const found = await lineUuids("once/");
  expect(found.map(({ uuid }) => uuid).toSorted()).toEqual(uuids.toSorted());
  expect(new Set(found.map(({ ip }) => ip))).toEqual(new Set(["first"]));

  // The receipt's query stays the same, whatever the source's current settings.
  await resetSource();
  const run = await recordOf(id);
  const { query, params, fingerprint } = run.receipt!.source;
  expect(run.files).toBeGreaterThan(1);
  expect(await queryRows(getSource(), query, { params })).toEqual([{ rows: "40", fingerprint }]);
});
