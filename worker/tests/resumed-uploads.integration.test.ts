import { createHash } from "node:crypto";
import { AbortMultipartUploadCommand } from "@aws-sdk/client-s3";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";
import { cancelRun } from "@/lib/services/runs/cancel";
import { getReceipt } from "@/lib/services/runs/get-receipt";
import { listRunLogs } from "@/lib/services/runs/list-logs";
import { MIB } from "@/lib/units";
import { fillWindow } from "@/testing/runs/events";
import { pastHour, runWhen } from "@/testing/runs/exports";
import { Interrupted, uploadsOf } from "@/testing/runs/interrupted";
import { isLong } from "@/testing/runs/is-long";
import { openProject, type TestProject } from "@/testing/runs/project";
import { everyNth } from "@/testing/runs/sample";
import { sourceOwner } from "@/testing/runs/source-owner";
import { spawnWorker } from "@/testing/stack/spawn-worker";
import { putAwayLeft } from "@/worker/steps/clean/put-away";

const PART = 5 * MIB;
/** Rows of a window, which is some twelve parts. */
const ROWS = 4000;
const CHANGED = 2;
const [WINDOW, LONG] = [pastHour(1), pastHour(3)];

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
  for (const back of [1, CHANGED])
    await fillWindow(project.sourceProjectId, pastHour(back), { rows: ROWS, bytes: 16_000 });
});
afterAll(() => project.close());

/** The object of a run's only file is what its receipt says, and nothing is left of its uploads. */
async function proven(runId: string) {
  const { files } = await getReceipt(project.actor, { id: runId });
  expect(files).toHaveLength(1);
  const { key, bytes, sha256 } = files[0]!;
  const stored = await project.bucket.bytes(key);
  expect(stored.length).toBe(bytes);
  expect(createHash("sha256").update(stored).digest("hex")).toBe(sha256);
  expect(await project.bucket.openUploads()).toEqual([]);
  expect(await uploadsOf(runId)).toEqual([]);
  return { key, parts: Math.ceil(stored.length / PART) };
}

const logOf = async (id: string) => {
  const { items } = await listRunLogs(project.actor, { id, limit: 200 });
  return items.map(({ message }) => message).join("\n");
};

const FORMS = [
  ["lines", { compression: "none" }],
  ["gzip", { compression: "gzip" }],
  ["zstd", { compression: "zstd" }],
] as const;
describe.each(everyNth(FORMS, 3))("a file in %s that a shutdown interrupts", (_, destination) => {
  it("continues: what the storage has is not sent again", async () => {
    const file = await Interrupted.open(project, destination);
    await file.start(WINDOW);
    const kept = await file.interrupt("SIGTERM");
    expect(kept).toBeGreaterThan(1);
    expect(await file.complete()).toMatchObject({ attempt: 2, error: null });
    const { parts } = await proven(file.runId);
    expect(file.sent).toBe(parts - kept);
    expect(await logOf(file.runId)).toContain(`Continuing an earlier attempt: ${kept} parts (${kept * 5} MiB)`);
    await file.close();
  });
});

describe("an interrupted file", () => {
  // Temporal notices each lost worker only after 20 s.
  it.each(isLong ? [2] : [1])("continues after its worker was killed (times: %i)", async (times) => {
    const file = await Interrupted.open(project, { compression: "none" });
    await file.start(WINDOW);
    let kept = await file.interrupt("SIGKILL");
    for (let time = 1; time < times; time += 1) {
      const before = kept;
      kept = await file.interrupt("SIGKILL", 15);
      expect(kept).toBeGreaterThan(before);
    }
    expect(await file.complete()).toMatchObject({ attempt: times + 1, error: null });
    const { parts } = await proven(file.runId);
    expect(file.sent).toBe(parts - kept);
    await file.close();
  });

  it("of Parquet ends right, whether or not its bytes are the same again", async () => {
    const file = await Interrupted.open(project, { format: "parquet" });
    await file.start(WINDOW);
    await file.interrupt("SIGTERM");
    expect(await file.complete()).toMatchObject({ attempt: 2, error: null });
    await proven(file.runId);
    await file.close();
  });

  it("starts again if its rows have changed", async () => {
    const window = pastHour(CHANGED);
    const file = await Interrupted.open(project, { compression: "none" });
    await file.start(window);
    const kept = await file.interrupt("SIGTERM");
    const [before] = await uploadsOf(file.runId);
    // A row at a tenth of the file: in its second part.
    await sourceOwner().command({
      query: `ALTER TABLE events UPDATE properties = '{"changed":true}' WHERE project_id = {p:UInt32} AND distinct_id = '${ROWS / 10}' AND inserted_at >= fromUnixTimestamp64Milli({start:Int64}) AND inserted_at < fromUnixTimestamp64Milli({end:Int64})`,
      query_params: { p: project.sourceProjectId, start: window.start.getTime(), end: window.end.getTime() },
      clickhouse_settings: { mutations_sync: "2" },
    });
    await file.complete();
    const { key, parts } = await proven(file.runId);
    expect(file.sent).toBeGreaterThanOrEqual(parts);
    expect(kept).toBeGreaterThan(1);
    expect(before).toBeDefined();
    expect(await logOf(file.runId)).toContain(
      "have changed since an earlier attempt sent them. The file starts again.",
    );
    const lines = await project.bucket.lines(key);
    expect(lines).toHaveLength(ROWS);
    expect(lines.filter((line) => line.includes('"changed":true'))).toHaveLength(1);
    await file.close();
  });

  it("starts again if the storage no longer has its upload", async () => {
    const file = await Interrupted.open(project, { compression: "none" });
    await file.start(WINDOW);
    await file.interrupt("SIGTERM");
    const [{ key: Key, uploadId: UploadId } = { key: "", uploadId: "" }] = await uploadsOf(file.runId);
    await project.bucket.client.send(new AbortMultipartUploadCommand({ Bucket: project.bucket.name, Key, UploadId }));
    expect(await file.complete()).toMatchObject({ attempt: 2, error: null });
    expect(file.sent).toBe((await proven(file.runId)).parts);
    expect(await logOf(file.runId)).toContain("no longer has what an earlier attempt sent of this file");
    await file.close();
  });

  it("leaves no upload if its run is canceled before another worker continues it", async () => {
    const file = await Interrupted.open(project, { compression: "none" });
    await file.start(WINDOW);
    await file.interrupt("SIGTERM");
    expect(await project.bucket.openUploads()).toHaveLength(1);
    await cancelRun(project.actor, { id: file.runId });
    const worker = await spawnWorker({ TEMPORAL_TASK_QUEUE: file.taskQueue });
    try {
      await runWhen(project, file.runId, ({ state }) => state === "Cancelled");
      await expect.poll(() => project.bucket.openUploads(), { timeout: 20_000 }).toEqual([]);
      await expect.poll(() => uploadsOf(file.runId)).toEqual([]);
    } finally {
      await worker.stop();
      await file.close();
    }
  });

  it("leaves no upload if nothing ends its run but a sweep", async () => {
    const file = await Interrupted.open(project, { compression: "none" });
    await file.start(WINDOW);
    await file.interrupt("SIGKILL");
    await putAwayLeft(getDb());
    expect(await uploadsOf(file.runId)).toHaveLength(1);
    await getDb()
      .update(runs)
      .set({ state: "Failed", finishedAt: sql`now() - interval '2 minutes'` })
      .where(eq(runs.id, file.runId));
    await putAwayLeft(getDb());
    expect(await uploadsOf(file.runId)).toEqual([]);
    expect(await project.bucket.openUploads()).toEqual([]);
    await file.close();
  });
});

it.runIf(isLong)(
  "a file lives through more shutdowns than it has attempts",
  async () => {
    const file = await Interrupted.open(project, { compression: "none" });
    await file.start(WINDOW);
    const kept = await file.interrupt("SIGTERM");
    const times = 20;
    for (let time = 1; time < times; time += 1) await file.interrupt("SIGTERM", 0);
    expect(await file.complete()).toMatchObject({ attempt: times + 1, error: null });
    expect(file.sent).toBe((await proven(file.runId)).parts - kept);
    await file.close();
  },
  400_000,
);

// Temporal notices a lost worker after 20 s, and waits for up to two minutes before each further attempt.
it.runIf(isLong)(
  "a file lives through more lost workers than it has attempts, if each has sent some of it",
  async () => {
    await fillWindow(project.sourceProjectId, LONG, { rows: ROWS * 6, bytes: 16_000 });
    const file = await Interrupted.open(project, { compression: "none", maxFileSizeMb: 1024 });
    await file.start(LONG);
    for (let time = 0; time < 16; time += 1) await file.interrupt("SIGKILL");
    expect(await file.complete(300)).toMatchObject({ attempt: 17, error: null });
    await proven(file.runId);
    await file.close();
  },
  3_600_000,
);
