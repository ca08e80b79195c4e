import { randomUUID } from "node:crypto";
import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { S3DestinationInput } from "@/lib/destinations/s3/settings";
import { getReceipt } from "@/lib/services/runs/get-receipt";
import { micros } from "@/lib/source/time";
import { getTemporal } from "@/lib/temporal/client";
import { runWorkflowId } from "@/lib/temporal/contract";
import { deps } from "@/testing/runs/deps";
import { commit, makeRun, plan, takeSteps } from "@/testing/runs/destinations/steps";
import { eventRow, insertEvents } from "@/testing/runs/events";
import { completeWindow, makeExport, pastHour, type S3Export, startWindow } from "@/testing/runs/exports";
import { isLong } from "@/testing/runs/is-long";
import { openProject, type TestProject } from "@/testing/runs/project";
import { everyNth } from "@/testing/runs/sample";
import { sourceOwner } from "@/testing/runs/source-owner";
import { exportGroup } from "@/worker/steps/files/export-group";

const NAMES = isLong ? 80 : 24;
const ROWS = NAMES * 2;
/** Names that are hard to distinguish or to write. */
const HOSTILE = [
  "",
  " ",
  "a",
  "a ",
  "A",
  "a/b",
  "..",
  "'); --",
  "\\",
  "{files:Array(String)}",
  "a\0b\r\nc",
  "ünï",
  "日本".repeat(90),
]
  .map((name) => Buffer.from(name))
  .concat(Buffer.from([0x61, 0xff]), Buffer.from([0xff, 0x00]));

/** Two hours, so that files differ by event and hour. */
const window = pastHour(1, 2);

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
  const length = micros(window.end) - micros(window.start);
  const rows = Array.from({ length: ROWS }, (_, n) => {
    const event = HOSTILE[n % NAMES] ?? Buffer.from(`name ${n % NAMES}`);
    const properties = Buffer.from(`{"n":${n},"text":"line\\nbreak, \\"quoted\\"; ${"x".repeat(n % 50)}"}`);
    return eventRow(micros(window.start) + Math.floor(((n * 7919) % ROWS) * (length / ROWS)), {
      ...{ event, properties, distinct_id: Buffer.from(`"a",\r\n${n}`) },
    });
  });
  await insertEvents(project.sourceProjectId, rows);
});
afterAll(() => project.close());

const steps = async (runId: string) => {
  const { events } = await getTemporal().workflow.getHandle(runWorkflowId(runId)).fetchHistory();
  const names = (events ?? []).map((event) => event.activityTaskScheduledEventAttributes?.activityType?.name);
  return names.filter((name) => name === "exportFile" || name === "exportGroup");
};

/** A receipt's files, named without the prefix and the run's request id. */
async function filesOf(exported: S3Export, runId: string) {
  const { files, requestId } = await getReceipt(project.actor, { id: runId });
  return files.map(({ key, ...file }) => ({
    ...file,
    key,
    name: key.slice(exported.destination.prefix.length).replace(new RegExp(`^${requestId}-\\d{14}`), ""),
  }));
}

const inflate = { none: (bytes: Buffer) => bytes, gzip: gunzipSync, zstd: zstdDecompressSync };

/** ClickHouse takes half a second to analyze each query for XML. */
const FEW = { includeEvents: ["a/b", "..", "ünï", "name 40", "name 41"] };
const HIVE = { layout: "hive", partitionByEvent: true } as const;

describe("a window of many small files", () => {
  const forms: [string, Partial<S3DestinationInput> & { compression: keyof typeof inflate }][] = [
    ["JSON lines by event and hour", { ...HIVE, format: "jsonl", compression: "none" }],
    ["CSV by event and hour", { ...HIVE, format: "csv", compression: "none" }],
    ["CSV by hour", { layout: "hive", format: "csv", compression: "none" }],
    ["XML by event", { layout: "clevertap", format: "xml", compression: "gzip" }],
    ["JSON lines by event, each with its name above", { layout: "clevertap", format: "jsonl", compression: "gzip" }],
    ["CSV in zstd", { ...HIVE, format: "csv", compression: "zstd" }],
  ];
  it.each(everyNth(forms, 2))(
    "is the same from one query as from one for each file: %s",
    async (_, destination) => {
      const values = { destination, filters: destination.format === "xml" ? FEW : {} };
      const [together, alone] = [await makeExport(project, values), await makeExport(project, values)];
      const run = await completeWindow(project, together.id, window);
      expect(await steps(run.id)).toEqual(["exportGroup"]);
      // On a queue without a worker: the test takes the steps, one by one.
      const single = await startWindow(project, alone.id, window, `test-${randomUUID()}`);
      const warned = vi.spyOn(console, "warn");
      await takeSteps(single);
      expect(warned, "the SDK has nothing to warn of").not.toHaveBeenCalled();
      await getTemporal().workflow.getHandle(runWorkflowId(single)).terminate();
      const [found, expected] = [await filesOf(together, run.id), await filesOf(alone, single)];
      expect(run.files).toBe(expected.length);
      expect(found.reduce((sum, { rows }) => sum + rows, 0)).toBe(run.rows);
      expect(expected.length).toBeGreaterThan(1);
      const facts = (files: typeof found) =>
        files.map(({ name, rows, bytes, sha256 }) =>
          destination.compression === "none" ? { name, rows, bytes, sha256 } : { name, rows },
        );
      expect(facts(found)).toEqual(facts(expected));
      for (const [at, { key, bytes }] of found.entries()) {
        const stored = await project.bucket.bytes(key);
        expect(stored.length).toBe(bytes);
        const other = await project.bucket.bytes(expected[at]!.key);
        expect(inflate[destination.compression](stored)).toEqual(inflate[destination.compression](other));
      }
    },
    300_000,
  );

  it("in Parquet is exported file by file", async () => {
    const exported = await makeExport(project, { destination: { layout: "hive", format: "parquet" } });
    const run = await completeWindow(project, exported.id, window);
    expect(await steps(run.id)).toEqual(["exportFile", "exportFile"]);
  });
});

/** A separate window with rows of some events, planned but not exported. */
async function planned(back: number, events: string[]) {
  const hour = pastHour(back);
  const rows = events.map((event, n) => eventRow(micros(hour.start) + n, { event: Buffer.from(event) }));
  await insertEvents(project.sourceProjectId, rows);
  const exported = await makeExport(project, { destination: { ...HIVE, compression: "none" } });
  const runId = await makeRun(project, exported, hour);
  const { planVersion, files, groups } = await plan(runId);
  expect(groups).toEqual([[0, files]]);
  const whole = { runId, planVersion, from: 0, to: files };
  return { exported, rows, runId, whole, hour };
}

const { signal } = new AbortController();
const tryOnce = { attempt: 1, signal };

async function change(uuid: string, set: string): Promise<void> {
  await sourceOwner().command({
    query: `ALTER TABLE events UPDATE ${set} WHERE project_id = ${project.sourceProjectId} AND uuid = '${uuid}'`,
    clickhouse_settings: { mutations_sync: "2" },
  });
}

describe("a group whose rows are no longer those of its plan", () => {
  const EVENTS = ["a", "b", "b", "c", "d"];
  type Planned = Awaited<ReturnType<typeof planned>>;

  it.each<[string, number, (of: Planned) => Promise<unknown>]>([
    [
      "a row has come",
      10,
      ({ hour }) =>
        insertEvents(project.sourceProjectId, [eventRow(micros(hour.start) + 50, { event: Buffer.from("c") })]),
    ],
    ["a row has moved to another file", 11, ({ rows }) => change(rows[1]!.uuid, "event = 'c'")],
    [
      "two rows have changed places, so that all counts are the same",
      12,
      async ({ rows }) => {
        await change(rows[1]!.uuid, "event = 'c'");
        await change(rows[3]!.uuid, "event = 'b'");
      },
    ],
    ["a row has another value", 13, ({ rows }) => change(rows[3]!.uuid, "ip = '1.1.1.1'")],
    ["a file has no rows any more", 14, ({ rows }) => change(rows[3]!.uuid, "event = 'e'")],
    ["the last file has no rows any more", 15, ({ rows }) => change(rows[4]!.uuid, "event = 'c'")],
  ])("is planned anew: %s", async (_, back, happens) => {
    const of = await planned(back, EVENTS);
    await happens(of);
    const { runId, whole, exported } = of;
    await expect(exportGroup(deps(), whole, tryOnce)).rejects.toMatchObject({
      failure: { code: "plan_mismatch", retryable: true },
    });
    await expect(commit(runId)).rejects.toMatchObject({ failure: { code: "not_ready" } });
    const fresh = await plan(runId);
    await exportGroup(deps(), { runId, planVersion: fresh.planVersion, from: 0, to: fresh.files }, tryOnce);
    await commit(runId);
    const { files } = await getReceipt(project.actor, { id: runId });
    for (const { key, rows } of files) {
      const name = /event=([a-e])/.exec(key)?.[1];
      const lines = (await project.bucket.lines(key)).map((line) => JSON.parse(line) as { event_name: string });
      expect(lines.map((line) => line.event_name)).toEqual(Array.from({ length: rows }, () => name));
    }
    expect((await project.bucket.keys(exported.destination.prefix)).filter((key) => key.endsWith(".jsonl"))).toEqual(
      files.map(({ key }) => key).toSorted(),
    );
  });
});
