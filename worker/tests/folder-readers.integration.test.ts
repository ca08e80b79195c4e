import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { exports } from "@/lib/db/schema";
import { micros } from "@/lib/source/time";
import { storage } from "@/testing/runs/bucket";
import { eventRow, insertEvents } from "@/testing/runs/events";
import { makeExport, pastHour, type S3Export } from "@/testing/runs/exports";
import { insertMergedIds } from "@/testing/runs/merged-ids";
import { insertPersons, personRow } from "@/testing/runs/persons";
import { openProject, type TestProject } from "@/testing/runs/project";
import { sourceOwner } from "@/testing/runs/source-owner";
import { windowSteps } from "@/testing/runs/window-steps";
import { pythonPrograms } from "@/testing/stack/python";

let project: TestProject;
let folder: string;
const window = pastHour(2);
const { complete } = windowSteps(() => project);

/** Names that trip up folder readers: typed, with escapes, long, cut within a character, empty, not text. */
const NAMES = [
  "Sign up",
  "a/b=c",
  "100%",
  "%2F",
  "..",
  "123",
  "2024-01-01",
  "true",
  "__HIVE_DEFAULT_PARTITION__",
  "",
  "ünï",
  `${"x".repeat(250)}1`,
  `${"x".repeat(250)}2`,
  "日本".repeat(40),
  "a\0b\nc",
].map((name) => Buffer.from(name));
const rows = [...NAMES, Buffer.from([0x61, 0xff])].map((event, index) =>
  eventRow(micros(window.start) + index, { event }),
);
/** By uuid, as they arrive: invalid text is replaced. */
const names = Object.fromEntries(rows.map(({ uuid, event }) => [uuid, event.toString()]));

beforeAll(async () => {
  project = await openProject();
  folder = mkdtempSync(join(tmpdir(), "penstock-folder-"));
  await insertEvents(project.sourceProjectId, rows);
  const at = micros(window.start);
  await insertPersons(project.sourceProjectId, [personRow(randomUUID(), 2n ** 64n - 1n, at)]);
  const [amplitude_id, merged_amplitude_id] = [-(2n ** 63n), 2n ** 63n - 1n];
  await insertMergedIds(project.sourceProjectId, [
    { scope: 2 ** 32 - 1, amplitude_id, merged_amplitude_id, merge_time: at, inserted_at: at },
  ]);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await project.close();
});

/** A Parquet export by event whose window is in the bucket. */
async function exportByEvent(fileSchema: 1 | 2): Promise<S3Export> {
  const destination = { layout: "hive", partitionByEvent: true, format: "parquet" } as const;
  const exported = await makeExport(project, { destination });
  await getDb().update(exports).set({ fileSchema }).where(eq(exports.id, exported.id));
  await complete(exported, window);
  return exported;
}

/** A local copy of an export's folder. */
async function download({ destination }: S3Export): Promise<string> {
  const root = join(folder, randomUUID());
  for (const key of await project.bucket.keys(destination.prefix)) {
    const path = join(root, key.slice(destination.prefix.length));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, await project.bucket.bytes(key));
  }
  return root;
}

async function python(script: string, ...args: string[]): Promise<unknown> {
  const program = join(await pythonPrograms(), "python");
  const text = execFileSync(program, [resolve("testing/runs", script), ...args], { encoding: "utf8" });
  return JSON.parse(text);
}

async function readBack(exported: S3Export): Promise<unknown> {
  const path = join(folder, "names.json");
  writeFileSync(path, JSON.stringify(names));
  return python("read_folder.py", await download(exported), path);
}

describe("Parquet in folders by event", () => {
  it("is read whole by pandas, pyarrow, DuckDB and by Spark's rules, with every event's own name", async () => {
    const all = { rows: rows.length, others: 0 };
    expect(await readBack(await exportByEvent(2))).toEqual({
      pandas: all,
      "pyarrow.parquet": all,
      "pyarrow.dataset": all,
      DuckDB: all,
      "Spark's rules": all,
    });
  });

  it("is read by ClickHouse with the columns of its folders", async () => {
    const { destination } = await exportByEvent(2);
    const { endpoint, accessKeyId, secretAccessKey } = storage();
    const answer = await sourceOwner().query({
      query: `SELECT uuid, event_name, toString(event) AS event, toString(date) AS date, toInt32(hour) AS hour
              FROM s3({url:String}, {id:String}, {secret:String}, 'Parquet')`,
      query_params: {
        url: `${endpoint}/${project.bucket.name}/${destination.prefix}event=*/date=*/hour=*/*.parquet`,
        id: accessKeyId,
        secret: secretAccessKey,
      },
      format: "JSONEachRow",
      clickhouse_settings: { use_hive_partitioning: 1 },
    });
    const found = await answer.json<{ uuid: string; event_name: string; date: string; hour: number; event: string }>();
    expect(Object.fromEntries(found.map((row) => [row.uuid, row.event_name]))).toEqual(names);
    const [date, hour] = [window.start.toISOString().slice(0, 10), window.start.getUTCHours()];
    expect(new Set(found.map((row) => `${row.date} ${row.hour}`))).toEqual(new Set([`${date} ${hour}`]));
    expect(found.every(({ event }) => event !== "")).toBe(true);
  });

  it("of the first file schema is refused, which is why there is a second", async () => {
    expect(await readBack(await exportByEvent(1))).toMatchObject({
      pandas: expect.any(String),
      "pyarrow.parquet": expect.any(String),
      DuckDB: expect.any(String),
      "Spark's rules": expect.stringContaining("partition columns in the data"),
    });
  });
});

describe("whole numbers in Parquet", () => {
  const TYPES = `import sys, json, pyarrow.parquet as pq
table = pq.read_table(sys.argv[1], use_threads=False)
print(json.dumps({name: [str(table.schema.field(name).type), str(table[name][0])] for name in sys.argv[2:]}))`;

  async function typesOf(model: "persons" | "merged_ids", fileSchema: 1 | 2, columns: string[]): Promise<unknown> {
    const exported = await makeExport(project, { model, destination: { format: "parquet" } });
    await getDb().update(exports).set({ fileSchema }).where(eq(exports.id, exported.id));
    await complete(exported, window);
    const [key = ""] = (await project.bucket.keys(exported.destination.prefix)).filter((it) => it.endsWith(".parquet"));
    const path = join(folder, `${randomUUID()}.parquet`);
    writeFileSync(path, await project.bucket.bytes(key));
    const text = execFileSync(join(await pythonPrograms(), "python"), ["-c", TYPES, path, ...columns]);
    return JSON.parse(text.toString());
  }

  it("have a sign, and all their digits", async () => {
    expect(await typesOf("persons", 2, ["version"])).toEqual({
      version: ["decimal128(20, 0)", "18446744073709551615"],
    });
    expect(await typesOf("merged_ids", 2, ["scope", "amplitude_id", "merged_amplitude_id"])).toEqual({
      scope: ["int64", "4294967295"],
      amplitude_id: ["int64", "-9223372036854775808"],
      merged_amplitude_id: ["int64", "9223372036854775807"],
    });
  });

  it("stay as they were for an export of the first file schema", async () => {
    expect(await typesOf("persons", 1, ["version"])).toEqual({ version: ["uint64", "18446744073709551615"] });
    expect(await typesOf("merged_ids", 1, ["scope"])).toEqual({ scope: ["uint32", "4294967295"] });
  });
});
