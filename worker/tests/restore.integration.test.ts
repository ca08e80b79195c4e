import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { exports, installation, runs } from "@/lib/db/schema";
import type { ReceiptV2 } from "@/lib/fields/receipt";
import type { Export } from "@/lib/schemas/export";
import { deleteExport } from "@/lib/services/exports/delete";
import { patchExport } from "@/lib/services/exports/patch";
import { checkInstallation, decide, readInstallation } from "@/lib/services/installation";
import type { Child } from "@/server/process/child";
import { type Backup, backUp } from "@/testing/database/backup";
import { takeOwnDatabase } from "@/testing/database/own-database";
import { chainOf } from "@/testing/runs/chain";
import { deps } from "@/testing/runs/deps";
import { postgresHarness } from "@/testing/runs/destinations/postgres";
import { commit, makeExportTo, makeRun, plan, putFiles } from "@/testing/runs/destinations/steps";
import { connect, makeExport, pastHour, runWhen, type S3Export, startWindow } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { say } from "@/testing/runs/say";
import { until } from "@/testing/runs/until";
import { windowSteps } from "@/testing/runs/window-steps";
import { spawnWorker } from "@/testing/stack/spawn-worker";

let project: TestProject;
let backup: Backup | undefined;
let dropDatabase: () => Promise<void>;
let worker: Child | undefined;
const taskQueue = `test-${randomUUID()}`;
const { fill, complete, receiptOf } = windowSteps(() => project);
const { chainInBucket, chainKeys } = chainOf(() => project.bucket);

/** What the runs after the backup proved. */
const proved = new Map<string, ReceiptV2>();
let chained: S3Export;
let clevertap: S3Export;
let appended: Export;
let [deleted, paused, kept]: S3Export[] = [];
let madeLater: S3Export;

const check = () => checkInstallation(deps(), { hasLooked: true, revive: async () => {} });

/** Raises the generation now, as every few minutes. */
async function raise(): Promise<void> {
  await getDb().update(installation).set({ raisedAt: sql`now() - interval '6 minutes'` });
  await check();
}

async function completeTable(exported: Export, back: number): Promise<void> {
  const id = await makeRun(project, exported, pastHour(back));
  await plan(id);
  await putFiles(id);
  await commit(id);
}

const prove = async (exported: S3Export, back: number) => {
  const id = await complete(exported, pastHour(back));
  proved.set(id, (await receiptOf(id)) as ReceiptV2);
};

const stateOf = async ({ id }: Export) => {
  const [row] = await getDb().select().from(exports).where(eq(exports.id, id));
  return { paused: row?.paused, why: row?.pause?.error?.message };
};

beforeAll(async () => {
  process.env.TEMPORAL_TASK_QUEUE = taskQueue;
  dropDatabase = await takeOwnDatabase();
  project = await openProject();
  await postgresHarness.open();
  await check();
  for (const back of [5, 4, 3, 2, 1]) await fill(pastHour(back), 3);
  const connectionId = (await connect(project)).id;
  chained = await makeExport(project, { connectionId, name: "Chained" });
  clevertap = await makeExport(project, {
    connectionId,
    name: "CleverTap",
    destination: { layout: "clevertap", format: "csv" },
  });
  appended = await makeExportTo(project, postgresHarness, {
    name: "Appended",
    commitMode: "append",
    paused: false,
  });
  const dueFrom = pastHour(5).end;
  await getDb().update(exports).set({ dueFrom }).where(eq(exports.id, appended.id));
  const scheduled = (name: string) => makeExport(project, { connectionId, name, paused: false });
  [deleted, paused, kept] = [await scheduled("Deleted"), await scheduled("Paused"), await scheduled("Kept")];
  await complete(chained, pastHour(5));
  await complete(chained, pastHour(4));
  await complete(clevertap, pastHour(5));
  await completeTable(appended, 5);
  await raise();
  backup = await backUp();
  say("Backed up the database: 4 windows of 3 exports are committed.");

  await fill(pastHour(4), 2);
  await prove(chained, 4);
  await prove(chained, 3);
  await prove(clevertap, 4);
  await prove(clevertap, 3);
  await completeTable(appended, 4);
  await deleteExport(project.actor, { id: deleted!.id });
  await patchExport(project.actor, { id: paused!.id, paused: true });
  madeLater = await makeExport(project, { connectionId, name: "Made later", paused: false });
  await raise();
  say("After the backup: 4 windows more, and one appended to a table; one export deleted, one paused, one made.");
  await backup.restore();
  say("Restored the database from the backup.");
}, 240_000);

afterAll(async () => {
  await worker?.stop();
  await postgresHarness.close();
  await backup?.remove();
  await project.close();
  await dropDatabase();
});

describe("a database restored from a backup of yesterday", () => {
  it("is noticed before a worker takes anything, and says what speaks for it", async () => {
    worker = await spawnWorker({ TEMPORAL_TASK_QUEUE: taskQueue });
    const { hold, choices } = await until("it was held", async () => {
      const found = await readInstallation();
      return found.hold && found;
    });
    say(`A worker started, and the installation is held. ${hold?.facts}`);
    expect(hold).toMatchObject({ reason: "restored", facts: expect.stringMatching(/Temporal remembers generation/) });
    expect(choices).toEqual(["reconcile", "continue", "separate"]);
    const [{ held } = { held: 0 }] = await getDb()
      .select({ held: sql<number>`count(*)::int` })
      .from(runs)
      .where(eq(runs.exportId, chained.id));
    expect(held, "runs of before the backup").toBe(2);
  });

  it("takes over from the buckets what it had forgotten, once an operator says so", async () => {
    const run = await startWindow(project, chained.id, pastHour(2), taskQueue);
    await decide(getDb(), "reconcile", null);
    const { recovery } = await until("it was carried out", async () => {
      const found = await readInstallation();
      return found.hold ? null : found;
    });
    say(`Decided: reconcile. Windows taken over from the buckets: ${recovery?.adopted}.`);
    for (const { name, why } of recovery?.paused ?? []) say(`Paused “${name}”: ${why}`);
    for (const id of recovery?.lost ?? []) say(`Lost: the export ${id}, made after the backup.`);
    expect(recovery).toMatchObject({ adopted: 4, refused: [], lost: [madeLater.id] });
    for (const [id, receipt] of proved) expect(await receiptOf(id), `run ${id}`).toEqual(receipt);
    // The worker had waited with it, and goes on with it.
    await runWhen(project, run, ({ state }) => state === "Completed");
  });

  it("continues the chains where the buckets end, with each window once", async () => {
    const links = await chainInBucket(chained.id);
    say(`The chain of “${chained.name}” continues: ${links.map(({ sequence }) => sequence).join(", ")}, each signed.`);
    expect(links.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
    const windows = await getDb()
      .select({ start: runs.intervalStart, current: sql<number>`count(*) filter (where superseded_by is null)::int` })
      .from(runs)
      .where(and(eq(runs.exportId, chained.id), eq(runs.state, "Completed")))
      .groupBy(runs.intervalStart);
    expect(windows).toHaveLength(4);
    expect(windows.every(({ current }) => current === 1)).toBe(true);
    // Retrying a window that was taken over replaces its files instead of adding others.
    await complete(chained, pastHour(3));
    const named = await getDb()
      .select({ receipt: sql<ReceiptV2>`d.receipt` })
      .from(runs)
      .innerJoin(sql`run_documents d`, sql`d.run_id = ${runs.id}`)
      .where(and(eq(runs.exportId, chained.id), eq(runs.state, "Completed"), sql`superseded_by is null`));
    const files = named.flatMap(({ receipt }) => receipt.files.map(({ key }) => key));
    const stored = (await project.bucket.keys(chained.destination.prefix)).filter((key) => !key.endsWith(".json"));
    expect(stored.toSorted()).toEqual(files.toSorted());
    say(`Its bucket holds ${stored.length} files, each named by one current receipt: nothing is there twice.`);
  });

  it("knows CleverTap's windows again, whose names would be new on another export", async () => {
    const committed = await getDb()
      .select({ start: runs.intervalStart })
      .from(runs)
      .where(and(eq(runs.exportId, clevertap.id), eq(runs.state, "Completed")));
    expect(committed).toHaveLength(3);
    expect(await chainKeys(clevertap.id)).toEqual([]);
  });

  it("pauses what Temporal remembers otherwise, and what would append rows twice; the rest runs", async () => {
    expect(await stateOf(deleted!)).toEqual({ paused: true, why: expect.stringMatching(/probably deleted/) });
    expect(await stateOf(paused!)).toEqual({ paused: true, why: expect.stringMatching(/paused after the backup/) });
    expect(await stateOf(appended)).toEqual({ paused: true, why: expect.stringMatching(/^Its table has 5 rows/) });
    expect(await stateOf(kept!)).toEqual({ paused: false, why: undefined });
    const { recovery } = await readInstallation();
    expect(recovery?.paused.map(({ name }) => name).toSorted()).toEqual(["Appended", "Deleted", "Paused"]);
  });

  it("is not held again", async () => {
    await raise();
    expect((await readInstallation()).hold).toBeNull();
  });
});
