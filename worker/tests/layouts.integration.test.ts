import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Receipt } from "@/lib/fields/receipt";
import { patchExport } from "@/lib/services/exports/patch";
import { getReceipt } from "@/lib/services/runs/get-receipt";
import { retryRun } from "@/lib/services/runs/retry";
import { getSource, queryRows } from "@/lib/source/client";
import { micros } from "@/lib/source/time";
import { storage } from "@/testing/runs/bucket";
import { eventRow, insertEvents } from "@/testing/runs/events";
import { completeWindow, makeExport, pastHour, runWhen, whenCleaned } from "@/testing/runs/exports";
import { insertMergedIds } from "@/testing/runs/merged-ids";
import { openProject, type TestProject } from "@/testing/runs/project";
import { sourceOwner } from "@/testing/runs/source-owner";
import { pythonPrograms } from "@/testing/stack/python";

let project: TestProject;
const window = pastHour(2);
const isoHour = window.start.toISOString().slice(0, 13);
const [date = "", hour = ""] = isoHour.split("T");
const basic = (time: Date) => time.toISOString().replaceAll(/[-:]|\.\d+/g, "");
const bounds = `${basic(window.start)}-${basic(window.end)}`;

const rows = ["Sign up", "Sign up", "a/b"].map((name, index) =>
  eventRow(micros(window.start) + index, { event: Buffer.from(name), properties: Buffer.from(`{"n":${index}}`) }),
);

beforeAll(async () => {
  project = await openProject();
  await insertEvents(project.sourceProjectId, rows);
  await insertMergedIds(project.sourceProjectId, [
    {
      scope: 7,
      amplitude_id: 1n,
      merged_amplitude_id: 2n,
      merge_time: micros(window.start),
      inserted_at: micros(window.start),
    },
  ]);
});
afterAll(() => project.close());

async function exportInto(values: Parameters<typeof makeExport>[1]) {
  const exported = await makeExport(project, values);
  const run = await completeWindow(project, exported.id, window);
  const { prefix } = exported.destination;
  const keys = (await project.bucket.keys(prefix.replace("{table_name}/", ""))).map((key) => key.slice(36 + 1));
  return { exported, run, keys };
}

const receiptOf = (id: string): Promise<Receipt> => getReceipt(project.actor, { id });

describe("a run in the hive layout", () => {
  it("writes folders by event and hour, the manifest out of readers' sight, and a mark in each folder", async () => {
    const { keys, run } = await exportInto({
      destination: { layout: "hive", partitionByEvent: true, format: "parquet" },
    });
    const folders = ["Sign%20up", "a%2Fb"].map((name) => `event=${name}/date=${date}/hour=${hour}/`);
    expect(keys).toEqual(
      [
        ...folders.flatMap((folder) => [`${folder}${bounds}.parquet`, `${folder}_SUCCESS`]),
        `_manifests/${bounds}.json`,
      ].toSorted(),
    );
    expect(run).toMatchObject({ rows: 3, files: 2, error: null });
  });
});

describe("a run in Amplitude's layout", () => {
  it("writes events and merged ids under Amplitude's names, with one receipt over both", async () => {
    const { keys, run, exported } = await exportInto({
      model: "events_and_merged_ids",
      destination: { layout: "amplitude", orgId: 189524 },
    });
    const named = `${date}_${window.start.getUTCHours()}`;
    expect(keys.filter((key) => !key.startsWith("_manifests/"))).toEqual([
      `-189524_${named}.json.gz`,
      `${project.sourceProjectId}_${named}#1.json.gz`,
    ]);
    const [line = ""] = await project.bucket.lines(`${exported.destination.prefix}-189524_${named}.json.gz`);
    expect(JSON.parse(line)).toEqual({
      scope: 7,
      merge_time: window.start.getTime(),
      merge_server_time: window.start.getTime(),
      amplitude_id: 1,
      merged_amplitude_id: 2,
    });
    const receipt = await receiptOf(run.id);
    expect(receipt.rows).toBe(4);
    const [answer] = await queryRows(getSource(), receipt.source.query, { params: receipt.source.params });
    expect(answer).toEqual({ rows: "4", fingerprint: receipt.source.fingerprint });
  });
});

describe("a run in CleverTap's layout", () => {
  it("names its files by its request, and a retry leaves none of the first one's", async () => {
    const { exported, run, keys } = await exportInto({ destination: { layout: "clevertap" } });
    const named = (request: string) =>
      new RegExp(
        `^${request}-\\d{14}-(Sign%20up|a%2Fb)-${date.replaceAll("-", "")}-1-${project.sourceProjectId}\\.json\\.gz$`,
      );
    expect(keys.filter((key) => named(run.requestId).test(key))).toHaveLength(2);
    expect(keys).toHaveLength(3);
    const file = keys.find((key) => key.includes("Sign%20up")) ?? "";
    expect(await project.bucket.lines(`${exported.destination.prefix}${file}`)).toEqual([
      "Sign up",
      expect.stringContaining('"eventProps":{"n":0}}'),
      expect.stringContaining('"eventProps":{"n":1}}'),
    ]);
    const { id } = await retryRun(project.actor, { id: run.id });
    const again = await runWhen(project, id, ({ state }) => state === "Completed");
    await whenCleaned(id);
    const after = await project.bucket.keys(exported.destination.prefix);
    expect(after).toHaveLength(3);
    for (const key of after) expect(key).toContain(again.requestId);
  });
});

describe("a run", () => {
  it("that was planned writes what it planned, whatever the export is changed to meanwhile", async () => {
    const exported = await makeExport(project, { destination: { format: "csv" } });
    const first = await completeWindow(project, exported.id, window);
    const destination = { ...exported.destination, format: "jsonl" as const };
    await patchExport(project.actor, { id: exported.id, destination });
    const { id } = await retryRun(project.actor, { id: first.id });
    await runWhen(project, id, ({ state }) => state === "Completed");
    await whenCleaned(id);
    // The new run follows the change and removes what only the old one had.
    expect((await project.bucket.keys(exported.destination.prefix)).map((key) => key.slice(37))).toEqual([
      `${bounds}-r2.jsonl.gz`,
      `${bounds}_manifest.json`,
    ]);
  });
});

/** What other readers make of a Parquet file: the row count and the sum of a property. */
const READERS = `
import sys, json, pyarrow.parquet as pq, duckdb
path = sys.argv[1]
table = pq.read_table(path)
print(table.num_rows, sum(json.loads(text)["n"] for text in table["properties"].to_pylist()))
print(*duckdb.sql(f"select count(*), sum(cast(properties->>'n' as int)) from read_parquet('{path}')").fetchall()[0])
print(table.schema.field("timestamp").type, table.schema.field("uuid").type)
`;

describe("a Parquet file", () => {
  it("is read by pyarrow, DuckDB and ClickHouse, which find the same in it", async () => {
    const { exported } = await exportInto({ destination: { format: "parquet" } });
    const key = `${exported.destination.prefix}${bounds}.parquet`;
    const folder = mkdtempSync(join(tmpdir(), "penstock-parquet-"));
    const path = join(folder, "file.parquet");
    writeFileSync(path, await project.bucket.bytes(key));
    const read = execFileSync(join(await pythonPrograms(), "python"), ["-c", READERS, path], { encoding: "utf8" });
    rmSync(folder, { recursive: true });
    expect(read.trim().split("\n")).toEqual(["3 3", "3 3", "timestamp[us, tz=UTC] string"]);
    const { endpoint, accessKeyId, secretAccessKey } = storage();
    const answer = await sourceOwner().query({
      query:
        "SELECT count() AS rows, sum(JSONExtractInt(properties, 'n')) AS sum FROM s3({url:String}, {id:String}, {secret:String})",
      query_params: { url: `${endpoint}/${project.bucket.name}/${key}`, id: accessKeyId, secret: secretAccessKey },
      format: "JSONEachRow",
      clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
    });
    expect(await answer.json()).toEqual([{ rows: "3", sum: "3" }]);
  });
});
