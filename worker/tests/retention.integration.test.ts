import { createHash } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { exports, runs } from "@/lib/db/schema";
import { getCoverage } from "@/lib/services/coverage/get";
import { endRun } from "@/lib/services/ledger/end-run";
import { applyRetention, type Kept } from "@/lib/services/retention/apply";
import { BY_MONTH, type ByMonth, makePartition, monthAfter, partitionsOf } from "@/lib/services/retention/partitions";
import { getRun } from "@/lib/services/runs/get";
import { listRunFiles } from "@/lib/services/runs/list-files";
import { deps } from "@/testing/runs/deps";
import { commit, makeRun, plan, putFiles, runOf } from "@/testing/runs/destinations/steps";
import { makeExport, pastHour } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { measure } from "@/testing/runs/proof";
import { etags, failing, windowSteps } from "@/testing/runs/window-steps";
import { cleanRun } from "@/worker/steps/clean/clean-run";
import { startDue } from "@/worker/steps/start/start-due";

const ALL: Kept = { run_logs: 90, run_files: 90, run_documents: 90 };
const FILES: Kept = { run_logs: 0, run_files: 90, run_documents: 0 };

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

const { fill, complete, receiptOf, logOf } = windowSteps(() => project);

let months = 0;

/** Backdates a run, with everything that belongs to it, to a month no other run has. Returns the month. */
async function age(id: string): Promise<string> {
  const month = monthAfter("2015-01-01", months++);
  for (const table of BY_MONTH) await makePartition(getDb(), table, month);
  await getDb().execute(sql`update runs set created_at = ${month}::date where id = ${id}`);
  for (const table of BY_MONTH)
    await getDb().execute(sql`update ${sql.identifier(table)} set month = ${month}::date where run_id = ${id}`);
  return month;
}

const has = async (table: ByMonth, month: string) =>
  (await partitionsOf(getDb(), table)).some((there) => there.month === month);

const data = (all: Awaited<ReturnType<typeof etags>>) => all.map(({ Key, ETag }) => ({ Key, ETag }));

async function exported(back: number, prefix: string) {
  const window = pastHour(back);
  await fill(window, 10);
  const made = await makeExport(project, { destination: { prefix } });
  return { window, made, first: await complete(made, window) };
}

describe("a month that is no longer kept", () => {
  it("is gone with its logs, lists of files, and receipts; runs stay, and say what is gone", async () => {
    const { window, made, first } = await exported(20, "kept/none/");
    const [manifest] = (await project.bucket.keys("kept/none/")).filter((key) => key.endsWith("_manifest.json"));
    const before = await getRun(project.actor, { id: first });
    const month = await age(first);
    expect(await Promise.all(BY_MONTH.map((table) => has(table, month)))).toEqual([true, true, true]);
    await applyRetention(getDb(), ALL);
    expect(await Promise.all(BY_MONTH.map((table) => has(table, month)))).toEqual([false, false, false]);

    expect(await logOf(first)).toEqual([]);
    const sha256 = createHash("sha256")
      .update(await project.bucket.bytes(manifest!))
      .digest("hex");
    await expect(receiptOf(first)).rejects.toMatchObject({ status: 410, message: expect.stringContaining(sha256) });
    await expect(listRunFiles(project.actor, { id: first, limit: 10 })).rejects.toMatchObject({ status: 410 });
    expect({ ...(await getRun(project.actor, { id: first })), createdAt: before.createdAt }).toEqual(before);
    const range = { from: window.start.toISOString(), to: window.end.toISOString() };
    expect(await getCoverage(project.actor, { exportId: made.id, ...range })).toMatchObject([
      { state: "committed", rows: 10 },
    ]);
  });

  it("waits while a run of it, or of a month before it, is active", async () => {
    const { window, made, first } = await exported(21, "kept/active/");
    const active = await makeRun(project, made, window);
    const months = [await age(active), await age(first)];
    await applyRetention(getDb(), ALL);
    expect(await Promise.all(months.map((month) => has("run_files", month)))).toEqual([true, true]);
    expect((await receiptOf(first)).rows).toBe(10);
    await endRun(deps(), active, "Cancelled", null);
    await applyRetention(getDb(), ALL);
    expect(await Promise.all(months.map((month) => has("run_files", month)))).toEqual([false, false]);
  });

  it("keeps what is set to be kept for good", async () => {
    const { first } = await exported(22, "kept/all/");
    await age(first);
    await applyRetention(getDb(), { run_logs: 0, run_files: 0, run_documents: 0 });
    expect((await listRunFiles(project.actor, { id: first, limit: 10 })).items).toHaveLength(1);
    expect((await receiptOf(first)).rows).toBe(10);
    await applyRetention(getDb(), ALL);
  });

  it("does not take lines that were written since about its runs", async () => {
    const { first } = await exported(23, "kept/lines/");
    const month = await age(first);
    await applyRetention(getDb(), ALL);
    const run = await runOf(first);
    await getDb().execute(sql`insert into run_logs (run_id, month, organization_id, project_id, level, attempt, message)
      values (${first}, ${month}, ${run.organizationId}, ${run.projectId}, 'info', 1, 'Looked at again.')`);
    await applyRetention(getDb(), ALL);
    expect((await logOf(first)).map(({ message }) => message)).toEqual(["Looked at again."]);
  });
});

describe("the receipt of a run of an earlier version", () => {
  it("is said to be removed, without a hash that nobody noted", async () => {
    const { first } = await exported(24, "kept/earlier/");
    await getDb().execute(sql`update run_documents set receipt_sha256 = null where run_id = ${first}`);
    await age(first);
    await applyRetention(getDb(), ALL);
    await expect(receiptOf(first)).rejects.toMatchObject({
      status: 410,
      message: expect.stringMatching(/copy of it\.$/),
    });
  });
});

describe.each([
  ["lists of files", FILES],
  ["lists of files and receipts", ALL],
] as const)("an export whose old %s are removed", (name, kept) => {
  const prefix = `aged-${kept === ALL ? "all" : "files"}/`;
  const back = kept === ALL ? 40 : 30;

  it("has no window exported again", async () => {
    const { made, window, first } = await exported(back, `${prefix}due/`);
    await getDb().update(exports).set({ paused: false, dueFrom: window.start }).where(eq(exports.id, made.id));
    await age(first);
    await applyRetention(getDb(), kept);
    await startDue(deps());
    const again = await getDb().select({ id: runs.id }).from(runs).where(eq(runs.intervalStart, window.start));
    expect(again).toContainEqual({ id: first });
    const mine = await getDb().select().from(runs).where(eq(runs.exportId, made.id));
    expect(mine.filter(({ intervalStart }) => intervalStart.getTime() === window.start.getTime())).toHaveLength(1);
    await getDb().update(exports).set({ paused: true }).where(eq(exports.id, made.id));
  });

  it(`keeps its committed objects when a retry fails (${name})`, async () => {
    const { made, window, first } = await exported(back + 1, `${prefix}failed/`);
    const before = data(await etags(project.bucket, `${prefix}failed/`));
    await age(first);
    await applyRetention(getDb(), kept);
    await fill(window, 5);
    const retry = await makeRun(project, made, window);
    await plan(retry);
    await putFiles(retry);
    await endRun(deps(), retry, "Failed", null);
    await cleanRun(getDb(), first);
    const after = data(await etags(project.bucket, `${prefix}failed/`));
    expect(after).toEqual(expect.arrayContaining(before));
    // If the ledger still has the window's plan, what the retry left is removed.
    if (kept === FILES) expect(after).toEqual(before);
  });

  it("is written anew under new names by a retry, which removes the old ones", async () => {
    const { made, window, first } = await exported(back + 2, `${prefix}retried/`);
    const before = (await receiptOf(first)).files.map(({ key }) => key);
    await age(first);
    await applyRetention(getDb(), kept);
    await fill(window, 5);
    const retry = await complete(made, window);
    const receipt = await receiptOf(retry);
    expect(receipt.rows).toBe(15);
    expect(receipt.files.map(({ key }) => key)).not.toEqual(before);
    expect(await measure(project.bucket, receipt)).toEqual(receipt.files.map(({ etag: _, ...file }) => file));
    const keys = (await project.bucket.keys(`${prefix}retried/`)).filter((key) => !key.endsWith("_manifest.json"));
    expect(keys).toEqual(receipt.files.map(({ key }) => key));
  });

  it("still holds its keys against another export", async () => {
    const { window, made, first } = await exported(back + 3, `${prefix}held/`);
    await age(first);
    await applyRetention(getDb(), kept);
    await getDb().execute(sql`update exports set destination = jsonb_set(destination, '{prefix}', ${`"${prefix}moved/"`}::jsonb)
      where id = ${made.id}`);
    const other = await makeExport(project, { destination: { prefix: `${prefix}held/` } });
    const before = data(await etags(project.bucket, `${prefix}held/`));
    const refused = await makeRun(project, other, window);
    await expect(plan(refused)).rejects.toMatchObject(failing("keys_conflict"));
    await endRun(deps(), refused, "Failed", null);
    expect(data(await etags(project.bucket, `${prefix}held/`))).toEqual(before);
  });

  it("commits again where the commit's answer was lost before", async () => {
    const { first } = await exported(back + 4, `${prefix}again/`);
    await age(first);
    await applyRetention(getDb(), kept);
    await commit(first);
    expect((await runOf(first)).state).toBe("Completed");
  });
});
