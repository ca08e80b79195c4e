import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { exports, runDocuments } from "@/lib/db/schema";
import { patchExport } from "@/lib/services/exports/patch";
import { micros } from "@/lib/source/time";
import { commit, makeRun, plan, putFiles, runOf } from "@/testing/runs/destinations/steps";
import { eventRow, insertEvents } from "@/testing/runs/events";
import { makeExport, pastHour, type S3Export } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { windowSteps } from "@/testing/runs/window-steps";

let project: TestProject;
const window = pastHour(3);
const { complete } = windowSteps(() => project);

beforeAll(async () => {
  project = await openProject();
  await insertEvents(project.sourceProjectId, [eventRow(micros(window.start), { event: Buffer.from("Sign up") })]);
});
afterAll(() => project.close());

/** An export by event as an earlier version made it. */
async function makeOld(): Promise<S3Export> {
  const exported = await makeExport(project, { destination: { layout: "hive", partitionByEvent: true } });
  await getDb().update(exports).set({ fileSchema: 1 }).where(eq(exports.id, exported.id));
  return exported;
}

const toNewest = ({ id }: S3Export) => patchExport(project.actor, { id, fileSchema: 2 });

/** What an export's rows call their event, in each data file. */
async function calledIn({ destination }: S3Export): Promise<string[]> {
  const keys = (await project.bucket.keys(destination.prefix)).filter((key) => key.endsWith(".jsonl.gz"));
  const lines = await Promise.all(keys.map((key) => project.bucket.lines(key)));
  return lines.map(([line = "{}"]) =>
    Object.keys(JSON.parse(line))
      .filter((name) => name.startsWith("event"))
      .join(),
  );
}

async function finish(id: string): Promise<void> {
  await putFiles(id);
  await commit(id);
}

describe("an export that was made before there was a second file schema", () => {
  it("keeps the first until it is switched, and then writes its windows anew when they are run again", async () => {
    const exported = await makeOld();
    const first = await complete(exported, window);
    expect(await calledIn(exported)).toEqual(["event"]);
    const again = await complete(exported, window);
    expect((await runOf(again)).encodingHash).toBe((await runOf(first)).encodingHash);
    expect(await toNewest(exported)).toMatchObject({ fileSchema: 2 });
    await complete(exported, window);
    expect(new Set(await calledIn(exported))).toEqual(new Set(["event_name"]));
  });

  it("has runs that write what they planned, though it is switched meanwhile", async () => {
    const exported = await makeOld();
    const id = await makeRun(project, exported, window);
    await plan(id);
    await toNewest(exported);
    await finish(id);
    expect(await calledIn(exported)).toEqual(["event"]);
  });

  it("has runs of an earlier version's plan, which says nothing of it, that go on as they began", async () => {
    const exported = await makeOld();
    const id = await makeRun(project, exported, window);
    await plan(id);
    await getDb()
      .update(runDocuments)
      .set({ spec: sql`${runDocuments.spec} - 'fileSchema'` })
      .where(eq(runDocuments.runId, id));
    await toNewest(exported);
    await finish(id);
    expect(await calledIn(exported)).toEqual(["event"]);
  });
});
