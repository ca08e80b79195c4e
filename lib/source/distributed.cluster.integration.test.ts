import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { linesFor } from "@/testing/runs/cluster/ask";
import { type Cluster, openCluster } from "@/testing/runs/cluster/cluster";
import { pointSource } from "@/testing/runs/cluster/point-source";
import { openRoundRobin } from "@/testing/runs/cluster/round-robin";
import { fillShards } from "@/testing/runs/cluster/rows";
import { everyNth } from "@/testing/runs/sample";
import type { S3DestinationInput } from "../destinations/s3/settings";
import { settingsSchema } from "../destinations/settings";
import { writingOf } from "../destinations/writing";
import { NEWEST_FILE_SCHEMA } from "../fields/file-schema";
import { NO_FILTERS } from "../fields/filters";
import type { ModelName } from "../rows/tables/registry";
import type { Window } from "../windows";
import { getSource } from "./client";
import { encodeQuery } from "./encode";
import { openEncoded } from "./open-encoded";
import { type PlannedTable, planFiles } from "./plan";

const start = new Date("2025-02-01T00:00:00Z");
const after = (seconds: number) => new Date(start.getTime() + seconds * 1000);
/** Persons change every ten minutes here: windows that end between versions must not see later ones. */
const WINDOWS: Record<string, Window> = {
  "all rows": { start, end: after(10_000) },
  "the first versions": { start, end: after(1000) },
  "versions in the middle": { start: after(900), end: after(1500) },
  "the last versions": { start: after(1800), end: after(10_000) },
};

let cluster: Cluster;
beforeAll(async () => {
  cluster = await openCluster();
  await fillShards(cluster, { sourceProjectId: 7, start, events: 2400, persons: 900, mergedIds: 2400 });
  await cluster.copy();
});
afterAll(() => cluster.close());

type Destination = Partial<S3DestinationInput> | { type: "postgres" | "bigquery" | "snowflake"; table: string };

function tablesOf(model: ModelName, window: Window, destination: Destination): PlannedTable[] {
  const settings = settingsSchema.parse({ type: "s3", ...destination });
  const writing = writingOf(settings);
  return writing.tables(model).map((part) => ({
    written: {
      selection: { model: part, sourceProjectId: 7, filters: NO_FILTERS, window },
      encoding: writing.encoding(part, settings, null, NEWEST_FILE_SCHEMA),
      salt: "",
    },
    split: writing.split(part, settings),
    maxFileBytes: 300_000,
  }));
}

/** A plan, and the SHA-256 of each file. */
async function written(database: string, tables: PlannedTable[], url = cluster.servers[0].url) {
  await pointSource({ url, database });
  const plan = await planFiles(getSource(), tables);
  const hashes: string[] = [];
  for (const { model, bounds } of plan.files) {
    const table = tables.find((each) => each.written.selection.model === model)!;
    const body = await buffer(await openEncoded(getSource(), encodeQuery(table.written, { bounds })));
    hashes.push(createHash("sha256").update(body).digest("hex"));
  }
  return { ...plan, hashes };
}

const DESTINATIONS: [string, Destination][] = [
  ["JSON lines", { compression: "none" }],
  ["CSV", { format: "csv", compression: "none" }],
  ["XML, gzip", { format: "xml", compression: "gzip" }],
  ["Parquet", { format: "parquet", compression: "zstd" }],
  ["PostgreSQL", { type: "postgres", table: "{table_name}" }],
  ["BigQuery", { type: "bigquery", table: "{table_name}" }],
  ["Snowflake", { type: "snowflake", table: "{table_name}" }],
];

/** Enough for tables that aren't queries. */
const SOME = DESTINATIONS.filter(([name]) => ["JSON lines", "Parquet", "PostgreSQL"].includes(name));

describe.each([
  ["persons", DESTINATIONS],
  ["events", SOME],
  ["merged_ids", SOME],
] as const)("%s over two shards", (model, destinations) => {
  it.each(everyNth(destinations, 4))(
    "are the same files as of one server that has all rows (%s)",
    async (_, destination) => {
      for (const [name, window] of Object.entries(WINDOWS)) {
        const tables = tablesOf(model, window, destination);
        const expected = await written("alone", tables);
        expect(expected.rows, name).toBeGreaterThan(0);
        expect(await written("default", tables), name).toEqual(expected);
      }
    },
  );
});

it("are the same through a proxy that leads each connection to another server", async () => {
  const proxy = await openRoundRobin(cluster.servers.map(({ url }) => url));
  const tables = tablesOf("persons", WINDOWS["all rows"]!, { compression: "none" });
  const expected = await written("alone", tables);
  expect(await written("default", tables, proxy.url)).toEqual(expected);
  proxy.close();
});

describe("versions of a person on several shards", () => {
  const inner = "SELECT person_id FROM persons WHERE version = 2";
  const query = `SELECT person_id FROM persons WHERE version = 1 AND person_id IN (${inner})`;

  it("are lost by an IN that each shard answers for itself, and ClickHouse refuses it where it is asked to deny", async () => {
    const [first] = cluster.servers;
    const right = await linesFor("reader", first, query.replace("IN", "GLOBAL IN"));
    const local = await linesFor("reader", first, `${query} SETTINGS distributed_product_mode = 'local'`);
    expect([right.length, local.length]).toEqual([600, 0]);
    const denied = linesFor("reader", first, `${query} SETTINGS distributed_product_mode = 'deny'`);
    await expect(denied).rejects.toThrow("Code: 288.");
  });
});
