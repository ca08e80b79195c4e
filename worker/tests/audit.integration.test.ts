import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { runFiles, runs } from "@/lib/db/schema";
import type { S3DestinationInput } from "@/lib/destinations/s3/settings";
import type { Finding } from "@/lib/services/checks";
import { micros } from "@/lib/source/time";
import { deps } from "@/testing/runs/deps";
import { eventRow, insertEvents } from "@/testing/runs/events";
import { connect, makeExport, pastHour, type S3Export } from "@/testing/runs/exports";
import { copy, flipped, keep, put, putBack, remove } from "@/testing/runs/objects";
import { openProject, type TestProject } from "@/testing/runs/project";
import { windowSteps } from "@/testing/runs/window-steps";
import { auditRuns } from "../steps/checks/audit-runs";

const HOURS = [3, 2, 1];

let project: TestProject;
let connectionId: string;
const { complete } = windowSteps(() => project);

beforeAll(async () => {
  project = await openProject();
  connectionId = (await connect(project)).id;
  const events = ["$pageview", "Sign up"];
  const rows = HOURS.flatMap((hour) =>
    events.flatMap((event, nth) =>
      [0, 1, 2].map((n) => eventRow(micros(pastHour(hour).start) + 10 * n + nth, { event: Buffer.from(event) })),
    ),
  );
  await insertEvents(project.sourceProjectId, rows);
});
afterAll(() => project.close());

const audit = (exported: S3Export, ids: string[], isDeep = false) =>
  auditRuns(deps(), exported.id, ids, { isDeep, signal: AbortSignal.timeout(60_000) });

const outcomes = (findings: Finding[]) => findings.map(({ outcome }) => outcome);
const intact = HOURS.map(() => "intact");

const filesOf = async (id: string) =>
  (await getDb().select({ key: runFiles.key }).from(runFiles).where(eq(runFiles.runId, id)))
    .map(({ key }) => key)
    .sort();

async function manifestOf(id: string): Promise<string> {
  const [run] = await getDb().select({ manifest: runs.manifest }).from(runs).where(eq(runs.id, id));
  return run!.manifest!.key;
}

/** A key that only the export of `key` can have, next to it. */
const beside = (key: string): string =>
  key.includes("#")
    ? key.replace(/#\d+/, "#7")
    : /-\d{8}-1-\d+\./.test(key)
      ? key.replace(/-1-(\d+\.)/, "-9-$1")
      : key.replace(/Z\./, "Z-r9.");

const CELLS: [string, Partial<S3DestinationInput>][] = [
  ["template, JSON Lines", {}],
  [
    "template, CSV in dated folders",
    { format: "csv", compression: "none", prefix: `dated-${Date.now()}/{year}/{month}/{day}/` },
  ],
  ["template, Parquet", { format: "parquet" }],
  ["hive by event", { layout: "hive", partitionByEvent: true }],
  ["hive, XML", { layout: "hive", format: "xml" }],
  ["amplitude", { layout: "amplitude" }],
  ["clevertap", { layout: "clevertap" }],
];

describe.each(CELLS)("an audit of %s", (_, destination) => {
  let exported: S3Export;
  let ids: string[];
  let files: string[];
  let middle: string;

  beforeAll(async () => {
    exported = await makeExport(project, { connectionId, destination });
    ids = [];
    for (const hour of HOURS) ids.push(await complete(exported, pastHour(hour)));
    middle = ids[1]!;
    files = await filesOf(middle);
  });

  /** What is found of the middle window after `damage`; then all is as it was. */
  async function finding(keys: string[], damage: () => Promise<unknown>, isDeep = false): Promise<Finding> {
    const kept = await Promise.all(keys.map((key) => keep(project.bucket, key)));
    await damage();
    const [before, found, after] = await audit(exported, ids, isDeep);
    expect([before?.outcome, after?.outcome]).toEqual(["intact", "intact"]);
    for (const one of kept) await putBack(project.bucket, one);
    return found!;
  }

  it("finds nothing wrong with what is as it was written", async () => {
    expect(await audit(exported, ids)).toMatchObject(
      HOURS.map(() => ({
        kind: "destination",
        outcome: "intact",
        reason: null,
        expected: { rows: 6 },
        found: { rows: 6 },
      })),
    );
    expect(await audit(exported, ids, true)).toMatchObject(HOURS.map(() => ({ kind: "deep", outcome: "intact" })));
  });

  it("finds a file, or the manifest, deleted", async () => {
    const key = files[0]!;
    const found = await finding([key], () => remove(project.bucket, key));
    expect(found).toMatchObject({ outcome: "missing", found: { missing: [key] } });
    expect(found.found.rows).toBe(6 - 6 / files.length);
    const manifest = await manifestOf(middle);
    expect(await finding([manifest], () => remove(project.bucket, manifest))).toMatchObject({
      outcome: "missing",
      reason: `1 of the ${files.length + 1} objects in the receipt is missing.`,
      found: { rows: 6, missing: [manifest] },
    });
    expect(outcomes(await audit(exported, ids))).toEqual(intact);
  });

  it("finds a file truncated, overwritten by as many bytes, or changed in one bit", async () => {
    const key = files[0]!;
    const { bytes, metadata } = await keep(project.bucket, key);
    const changed = { outcome: "changed", found: { rows: null, changed: [key] } };
    const truncated = () => put(project.bucket, key, bytes.subarray(0, bytes.length >> 1), metadata);
    expect(await finding([key], truncated)).toMatchObject(changed);
    const overwritten = () => put(project.bucket, key, Buffer.alloc(bytes.length, "x"));
    expect(await finding([key], overwritten)).toMatchObject(changed);
    const inOneBit = () => put(project.bucket, key, flipped(bytes), metadata);
    expect(await finding([key], inOneBit)).toMatchObject(changed);
    expect(await finding([key], inOneBit, true)).toMatchObject({ ...changed, kind: "deep" });
    expect(outcomes(await audit(exported, ids))).toEqual(intact);
  });

  it("finds another window's file in place of its own", async () => {
    const [key, others] = [files[0]!, await filesOf(ids[0]!)];
    expect(await finding([key], () => copy(project.bucket, others[0]!, key))).toMatchObject({
      outcome: "changed",
      found: { changed: [key] },
    });
  });

  it("takes no alarm from a file that was rewritten with its own bytes and metadata", async () => {
    for (const key of files) await putBack(project.bucket, await keep(project.bucket, key));
    await putBack(project.bucket, await keep(project.bucket, await manifestOf(middle)));
    expect(outcomes(await audit(exported, ids))).toEqual(intact);
  });

  it("finds an object that only the export can have, and no other", async () => {
    const key = beside(files[0]!);
    const folder = key.slice(0, key.lastIndexOf("/") + 1);
    const foreign = [`${folder}readme.txt`, `${key}.bak`, `${exported.destination.prefix.split("/")[0]}/other/x.gz`];
    for (const other of foreign) await put(project.bucket, other, Buffer.from("x"));
    expect(outcomes(await audit(exported, ids))).toEqual(intact);
    await copy(project.bucket, files[0]!, key);
    const [before, found, after] = await audit(exported, ids);
    expect([before?.outcome, after?.outcome]).toEqual(["intact", "intact"]);
    expect(found).toMatchObject({ outcome: "extra", found: { rows: 6, extra: [key] } });
    await put(project.bucket, key, Buffer.from("somebody's"));
    expect(outcomes(await audit(exported, ids))).toEqual(["intact", "extra", "intact"]);
    // Each window is found alone as it is among others.
    expect(outcomes(await audit(exported, [ids[0]!]))).toEqual(["intact"]);
    expect(outcomes(await audit(exported, [middle]))).toEqual(["extra"]);
    for (const one of [key, ...foreign]) await remove(project.bucket, one);
    expect(outcomes(await audit(exported, ids))).toEqual(intact);
  });
});
