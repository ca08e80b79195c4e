import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";
import { deleteExport } from "@/lib/services/exports/delete";
import { releaseKeys } from "@/lib/services/reserved-keys/release";
import { TestBucket } from "@/testing/runs/bucket";
import { deps } from "@/testing/runs/deps";
import { commit, endAsFailed, makeRun, plan, putFiles, runOf } from "@/testing/runs/destinations/steps";
import { connect, makeExport, pastHour, type S3Export } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { allow, makeUser } from "@/testing/runs/s3-users";
import { windowSteps } from "@/testing/runs/window-steps";
import { auditRuns } from "../steps/checks/audit-runs";

let project: TestProject;
let connectionId: string;
const { complete, fill } = windowSteps(() => project);

beforeAll(async () => {
  project = await openProject();
  connectionId = (await connect(project)).id;
});
afterAll(() => project.close());

const audit = (exported: S3Export, ids: string[]) =>
  auditRuns(deps(), exported.id, ids, { isDeep: false, signal: AbortSignal.timeout(60_000) });

/** A retry of a window with more rows, up to its files. */
async function retried(exported: S3Export, hour: number): Promise<string> {
  await fill(pastHour(hour), 1);
  const id = await makeRun(project, exported, pastHour(hour));
  await plan(id);
  await putFiles(id);
  return id;
}

const dataIn = async (prefix: string, bucket = project.bucket) =>
  (await bucket.keys(prefix)).filter((key) => !key.endsWith(".json"));

describe("an audit beside a retry of the window", () => {
  it("takes nothing that it writes for a change", async () => {
    await fill(pastHour(5), 3);
    const exported = await makeExport(project, { connectionId });
    const first = await complete(exported, pastHour(5));
    const second = await retried(exported, 5);
    expect(await dataIn(exported.destination.prefix)).toHaveLength(2);
    expect(await audit(exported, [first])).toMatchObject([{ outcome: "intact", reason: null }]);
    await commit(second);
    // The manifest is the second one's, and the first one's files may be removed: its receipt is no longer current.
    expect(await audit(exported, [first])).toEqual([]);
    expect(await audit(exported, [first, second])).toMatchObject([{ outcome: "intact", run: { id: second } }]);
  });

  it("leaves out a window whose manifest is replaced while the ledger doesn't know yet", async () => {
    await fill(pastHour(6), 3);
    const exported = await makeExport(project, { connectionId });
    const first = await complete(exported, pastHour(6));
    const second = await retried(exported, 6);
    await commit(second);
    await getDb().update(runs).set({ state: "Running", cleanedAt: null }).where(eq(runs.id, second));
    await getDb().update(runs).set({ supersededBy: null }).where(eq(runs.id, first));
    expect(await audit(exported, [first])).toEqual([]);
  });

  it("leaves out a window whose files can't be renamed, from the retry's plan on", async () => {
    await fill(pastHour(7), 3);
    const exported = await makeExport(project, { connectionId, destination: { layout: "amplitude" } });
    const first = await complete(exported, pastHour(7));
    await retried(exported, 7);
    expect(await audit(exported, [first])).toEqual([]);
  });

  it("finds what a retry left that failed", async () => {
    await fill(pastHour(8), 3);
    const exported = await makeExport(project, { connectionId });
    const first = await complete(exported, pastHour(8));
    const second = await retried(exported, 8);
    await endAsFailed(second);
    const [left] = (await dataIn(exported.destination.prefix)).filter((key) => key.includes("-r2."));
    expect(await audit(exported, [first])).toMatchObject([{ outcome: "extra", found: { rows: 3, extra: [left] } }]);
    const third = await retried(exported, 8);
    expect(await audit(exported, [first])).toMatchObject([{ outcome: "intact" }]);
    await commit(third);
    expect(await audit(exported, [third])).toMatchObject([{ outcome: "intact" }]);
  });

  it("finds earlier files that the credentials could not delete, once cleaning is done", async () => {
    const bucket = await TestBucket.make();
    const user = await makeUser();
    await allow(bucket, user, ["s3:ListBucket", "s3:GetObject", "s3:PutObject"]);
    const own = await connect(project, { bucket: bucket.name, ...user });
    await fill(pastHour(9), 3);
    const exported = await makeExport(project, { connectionId: own.id });
    await complete(exported, pastHour(9));
    const [old] = await dataIn(exported.destination.prefix, bucket);
    const second = await retried(exported, 9);
    await commit(second);
    const clean = (cleanedAt: Date | null) => getDb().update(runs).set({ cleanedAt }).where(eq(runs.id, second));
    await clean(null);
    expect(await audit(exported, [second])).toMatchObject([{ outcome: "intact" }]);
    await clean(new Date());
    expect(await audit(exported, [second])).toMatchObject([{ outcome: "extra", found: { rows: 4, extra: [old] } }]);
    await bucket.remove();
  });
});

it("takes nothing for an extra object that a deleted export wrote where another one writes now", async () => {
  const bucket = await TestBucket.make();
  const own = await connect(project, { bucket: bucket.name });
  for (const hour of [11, 12]) await fill(pastHour(hour), 3);
  const before = await makeExport(project, { connectionId: own.id, destination: { prefix: "p/" } });
  await complete(before, pastHour(12));
  await deleteExport(project.actor, { id: before.id });
  await releaseKeys(project.actor, { id: before.id });
  const exported = await makeExport(project, { connectionId: own.id, destination: { prefix: "p/" } });
  const id = await complete(exported, pastHour(11));
  expect(await bucket.keys("p/")).toHaveLength(4);
  expect(await audit(exported, [id])).toMatchObject([{ outcome: "intact", reason: null }]);
  await bucket.remove();
});

it("finds nothing to say of a run that the ledger doesn't know", async () => {
  const exported = await makeExport(project, { connectionId });
  expect(await audit(exported, [])).toEqual([]);
  expect(await audit(exported, [exported.id])).toEqual([]);
  const failed = await makeRun(project, exported, pastHour(10));
  expect(await audit(exported, [failed])).toEqual([]);
  expect((await runOf(failed)).state).toBe("Starting");
});
