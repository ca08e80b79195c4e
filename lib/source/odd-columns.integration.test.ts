import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { SOURCE_TABLES } from "@/local/clickhouse/schema";
import { encodeAll, type Wanted } from "@/testing/runs/extracts";
import { isLong } from "@/testing/runs/is-long";
import { openSourceDatabase, type SourceDatabase } from "@/testing/runs/source-database";
import { getEnv } from "../env";
import type { ModelName } from "../rows/tables/registry";
import { closeSource, getSource } from "./client";
import { verifySteps } from "./verify/verify";

const window = { start: new Date("2025-10-26T00:00:00Z"), end: new Date("2025-10-26T03:00:00Z") };
const PROJECT = 7;

/** The source contract's tables, with columns of other types that hold the same values. */
const other = (changes: Record<string, string>, table: keyof typeof SOURCE_TABLES) =>
  Object.entries(changes).reduce(
    (sql, [column, type]) => sql.replace(new RegExp(`(\\b${column}) .+?(,?\\n)`), `$1 ${type}$2`),
    SOURCE_TABLES[table],
  );

const SAME = {
  events: {
    event: "String",
    distinct_id: "LowCardinality(String)",
    timestamp: "DateTime('America/New_York')",
    created_at: "DateTime",
    inserted_at: "DateTime64(3, 'Europe/Berlin')",
    project_id: "UInt64",
  },
  merged_ids: { merge_time: "DateTime('Asia/Tokyo')", inserted_at: "DateTime('Europe/Berlin')", scope: "UInt8" },
} as const;

// Spans the hour that Berlin has twice.
const TIMES = "toDateTime64('2025-10-26 00:00:00', 6, 'UTC') + INTERVAL number * 97 % 10800 SECOND";
const ROWS = {
  events: `INSERT INTO events SELECT ${PROJECT}, generateUUIDv4(number), concat('event ', toString(number % 3)), toString(number),
    generateUUIDv4(), ${TIMES}, ${TIMES}, ${TIMES}, concat('{"n":', toString(number), '}'), '{}', '', '' FROM numbers(2000)`,
  merged_ids: `INSERT INTO merged_ids SELECT ${PROJECT}, number % 5, number, number + 1, ${TIMES}, ${TIMES} FROM numbers(500)`,
};

let contract: SourceDatabase;
let odd: SourceDatabase;
const before = { ...getEnv() };

beforeAll(async () => {
  [contract, odd] = await Promise.all([openSourceDatabase(), openSourceDatabase()]);
  for (const table of ["events", "merged_ids"] as const) {
    await contract.client.command({ query: SOURCE_TABLES[table] });
    await contract.client.command({ query: ROWS[table] });
    await odd.client.command({ query: other(SAME[table], table) });
    await odd.client.command({ query: `INSERT INTO ${table} SELECT * FROM ${contract.name}.${table}` });
  }
});
afterEach(() => {
  Object.assign(getEnv(), before);
});
afterAll(async () => {
  await closeSource();
  // Each also closes the owner's connections.
  await contract.close();
  await odd.close();
});

async function readFrom({ name }: SourceDatabase): Promise<void> {
  await closeSource();
  Object.assign(getEnv(), {
    CLICKHOUSE_DATABASE: name,
    CLICKHOUSE_USERNAME: process.env.PENSTOCK_SOURCE_OWNER,
    CLICKHOUSE_PASSWORD: process.env.PENSTOCK_SOURCE_OWNER_PASSWORD,
  });
}

async function filesOf(database: SourceDatabase, model: ModelName, destination: NonNullable<Wanted["destination"]>) {
  await readFrom(database);
  const files = await encodeAll({
    sourceProjectId: PROJECT,
    window,
    model,
    destination,
    maxFileBytes: model === "merged_ids" ? 30_000 : 200_000,
  });
  return files.map(({ rows, bounds, sha256 }) => ({ rows, bounds, sha256 }));
}

describe("columns of other precision, zone or encoding than the contract's", () => {
  it.each([
    ["events", { format: "jsonl", compression: "none" }],
    ["events", { format: "csv", compression: "none" }],
    ["events", { format: "xml", compression: "none" }],
    ["events", { layout: "hive", format: "jsonl", compression: "none", partitionByEvent: true }],
    ["merged_ids", { format: "jsonl", compression: "none" }],
    ["events_and_merged_ids", { layout: "amplitude" }],
  ] as const)("give the same files, byte for byte: %s, %j", async (model, destination) => {
    const expected = await filesOf(contract, model, destination);
    expect(expected.length).toBeGreaterThan(1);
    expect(expected.reduce((sum, { rows }) => sum + rows, 0)).toBeGreaterThanOrEqual(500);
    expect(await filesOf(odd, model, destination)).toEqual(expected);
  });
});

it("columns of other types give Parquet the same rows", async () => {
  const rowsOf = async (database: SourceDatabase) =>
    (await filesOf(database, "events", { format: "parquet", compression: "zstd" })).reduce(
      (sum, { rows }) => sum + rows,
      0,
    );
  // Low-cardinality text is compressed differently, so its files are cut elsewhere.
  expect(await rowsOf(odd)).toBe(await rowsOf(contract));
});

describe("a verification", () => {
  const stepsOf = async (database: SourceDatabase) => {
    await readFrom(database);
    const { signal } = new AbortController();
    const carried = new Set(["events", "persons"]);
    return verifySteps(getSource(), {
      settleSeconds: 60,
      oneRowPerId: false,
      carried,
      now: async () => new Date(),
      signal,
    });
  };

  const types = [
    ["properties", "JSON"],
    ["distinct_id", "Nullable(String)"],
    ["properties", "Map(String, String)"],
    ["ip", "LowCardinality(Nullable(String))"],
    ["uuid", "String"],
    ["inserted_at", "Date"],
    ["timestamp", "Int64"],
  ] as const;

  it.each(isLong ? types : types.slice(0, 2))(
    "names a column %s of type %s, and gives a view that has the contract's",
    async (column, type) => {
      const database = await openSourceDatabase();
      for (const table of ["persons", "merged_ids"] as const)
        await database.client.command({ query: SOURCE_TABLES[table] });
      await database.client.command({ query: other({ [column]: type }, "events") });
      const step = (await stepsOf(database)).find(({ name }) => name === "Table events");
      expect(step).toMatchObject({ status: "failed", message: expect.stringContaining(`${column} is ${type}`) });
      for (const query of step!.statement!.split(";").filter((each) => each.trim() !== ""))
        await database.client.command({ query });
      const again = (await stepsOf(database)).find(({ name }) => name === "Table events");
      expect(again).toMatchObject({ status: "passed" });
      await database.close();
    },
  );

  it("names a column that is missing, and a table", async () => {
    const database = await openSourceDatabase();
    await database.client.command({ query: SOURCE_TABLES.events });
    await database.client.command({ query: "ALTER TABLE events DROP COLUMN elements_chain" });
    const steps = await stepsOf(database);
    expect(steps.find(({ name }) => name === "Table events")?.message).toContain("elements_chain String is missing");
    expect(steps.find(({ name }) => name === "Table persons")).toMatchObject({
      status: "failed",
      fix: expect.any(String),
    });
    // No export carries them.
    expect(steps.find(({ name }) => name === "Table merged_ids")).toMatchObject({ status: "skipped" });
    await database.close();
  });

  it("finds ids that repeat, unless only the first of each is exported", async () => {
    const database = await openSourceDatabase();
    for (const query of Object.values(SOURCE_TABLES)) await database.client.command({ query });
    const row = `SELECT ${PROJECT}, toUUID('018f0000-0000-7000-8000-000000000000'), 'e', 'd', generateUUIDv4(), now(), now(), now(), '{}', '{}', '', '' FROM numbers(3)`;
    await database.client.command({ query: `INSERT INTO events ${row}` });
    const steps = await stepsOf(database);
    expect(steps.find(({ name }) => name === "Duplicates")).toMatchObject({
      status: "skipped",
      message: expect.stringContaining("2 rows of events in the last 24 hours have a repeated ID"),
      fix: expect.stringContaining("One row per ID"),
    });
    await database.close();
  });
});
