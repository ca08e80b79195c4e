import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cluster, openCluster } from "@/testing/runs/cluster/cluster";
import { pointSource } from "@/testing/runs/cluster/point-source";
import { fillShards } from "@/testing/runs/cluster/rows";
import { OWNER, type Reader } from "@/testing/runs/cluster/users";
import { encodeAll, tablesOf, type Wanted } from "@/testing/runs/extracts";
import { getEnv } from "../env";
import { ExportError } from "../errors";
import { getSource, queryRows } from "./client";
import { planFiles } from "./plan";

const start = new Date("2025-02-01T00:00:00Z");
const window = { start, end: new Date("2025-02-01T03:00:00Z") };
const EVENTS = 4000;

interface Restricted {
  reader: Reader;
  /** ClickHouse's error code, and Penstock's. */
  error: [clickhouse: string, failure: string];
  /** What the fix must mention. */
  fix: RegExp;
  wanted?: Partial<Wanted>;
}

const byName: Partial<Wanted> = { destination: { layout: "hive", partitionByEvent: true } };
const persons: Partial<Wanted> = { model: "persons" };

const limit = (
  profile: NonNullable<Reader["profile"]>,
  code: string,
  fix: RegExp,
  wanted: Partial<Wanted> = {},
): Restricted => ({
  ...{ reader: { profile }, fix, wanted },
  error: [code, "source_limit"],
});

/** Users that can't export, with the error of a real server. */
const RESTRICTED: Record<string, Restricted> = {
  readonly_1: { reader: { profile: { readonly: 1 } }, error: ["164", "source_readonly"], fix: /readonly = 2/ },
  used_up_quota: { reader: { quota: { queries: 1 } }, error: ["201", "source_limit"], fix: /quota/ },
  little_memory: limit({ max_memory_usage: 200_000, max_untracked_memory: 1 }, "241", /max_memory_usage/),
  little_memory_of_the_user: limit(
    { max_memory_usage_for_user: 200_000, max_untracked_memory: 1 },
    "241",
    /max_memory_usage/,
  ),
  few_rows_read: limit({ max_rows_to_read: 10 }, "158", /max_rows_to_read/),
  few_rows_grouped: limit({ max_rows_to_group_by: 2 }, "158", /limits in the profile/),
  few_bytes_read: limit({ max_bytes_to_read: 10 }, "307", /max_bytes_to_read/),
  few_rows_answered: limit({ max_result_rows: 2 }, "396", /limits in the profile/, byName),
  small_sets: limit({ max_rows_in_set: 2 }, "191", /limits in the profile/, persons),
  no_grant: { reader: { tables: ["merged_ids"] }, error: ["497", "source_permission"], fix: /Grant SELECT/ },
  fixed_setting: {
    reader: { profile: { skip_unavailable_shards: 1 }, constraints: { skip_unavailable_shards: { readonly: "" } } },
    error: ["452", "source_setting"],
    fix: /constraint/,
  },
  bounded_setting: {
    reader: { constraints: { max_query_size: { max: 262_144 } } },
    error: ["452", "source_setting"],
    fix: /constraint/,
  },
};

/** Ends every query that takes more than a moment. */
const HURRYING: Reader = {
  profile: { timeout_before_checking_execution_speed: 0, min_execution_speed: 1_000_000_000_000, max_block_size: 10 },
};

const SLOW = "SELECT count() FROM events WHERE NOT ignore(sleepEachRow(0.001), distinct_id)";

let cluster: Cluster;
beforeAll(async () => {
  const readers = Object.entries(RESTRICTED).map(([name, { reader }]) => [name, reader]);
  cluster = await openCluster({ ...Object.fromEntries(readers), reader: {}, hurrying: HURRYING });
  await fillShards(cluster, { sourceProjectId: 7, start, events: EVENTS, persons: 500, mergedIds: 200 });
  await cluster.servers[0].owner().command({ query: "CREATE DATABASE shapes" });
});
afterAll(() => cluster.close());

const wantedOf = (wanted: Partial<Wanted> = {}): Wanted => ({ sourceProjectId: 7, window, ...wanted });

describe.each(Object.entries(RESTRICTED))("a user with %s", (username, { error: [code, failure], fix, wanted }) => {
  it.each(["default", "shard"])("fails for good, with what mends it (database %s)", async (database) => {
    await pointSource({ url: cluster.servers[0].url, username, database });
    const plan = () =>
      planFiles(getSource(), tablesOf(wantedOf(wanted))).then(
        () => "a plan",
        (error: unknown) => error,
      );
    if (username === "used_up_quota") await plan();
    const thrown = await plan();
    expect(thrown).toMatchObject({ failure: { code: failure, retryable: false, fix: expect.stringMatching(fix) } });
    expect(thrown).toMatchObject({ cause: { code } });
  });
});

it("the user of every test reads everything", async () => {
  await pointSource({ url: cluster.servers[0].url });
  for (const model of ["events", "persons", "merged_ids"] as const)
    expect((await planFiles(getSource(), tablesOf(wantedOf({ model })))).rows).toBeGreaterThan(100);
});

describe("a setting that a profile fixes", () => {
  it.each(["fixed_setting", "bounded_setting"])("is named (%s)", async (username) => {
    await pointSource({ url: cluster.servers[0].url, username });
    const thrown = await planFiles(getSource(), tablesOf(wantedOf())).catch((error: unknown) => error);
    const name = Object.keys(RESTRICTED[username]!.reader.constraints!)[0]!;
    expect((thrown as ExportError).failure.message).toContain(`doesn't allow changing ${name},`);
  });
});

describe("a source that is set up wrongly", () => {
  it.each([
    ["a password", "516", "source_credentials", () => Object.assign(getEnv(), { CLICKHOUSE_PASSWORD: "wrong" })],
    ["a database", "81", "source_database_missing", () => Object.assign(getEnv(), { CLICKHOUSE_DATABASE: "missing" })],
    ["a table", "60", "source_table_missing", () => Object.assign(getEnv(), { CLICKHOUSE_DATABASE: "shapes" })],
  ])("fails for good, with what mends it: %s", async (_, code, failure, spoil) => {
    await pointSource({ url: cluster.servers[0].url, username: OWNER.username });
    spoil();
    await expect(planFiles(getSource(), tablesOf(wantedOf()))).rejects.toMatchObject({
      ...{ failure: { code: failure, retryable: false, fix: expect.anything() }, cause: { code } },
    });
  });

  it("has no view that reads a distributed table within another", async () => {
    await view("events", "SELECT * FROM default.events WHERE uuid IN (SELECT uuid FROM default.events)");
    await expect(planFiles(getSource(), tablesOf(wantedOf()))).rejects.toMatchObject({
      failure: { code: "source_distributed", retryable: false, fix: expect.stringContaining("GLOBAL IN") },
      cause: { code: "288" },
    });
  });

  it("may end what is slow", async () => {
    await pointSource({ url: cluster.servers[0].url, username: "hurrying" });
    await expect(queryRows(getSource(), SLOW)).rejects.toMatchObject({
      failure: { code: "source_limit", retryable: false, fix: expect.stringContaining("min_execution_speed") },
      cause: { code: "160" },
    });
  });

  it("may be asked for too long", async () => {
    await pointSource({ url: cluster.servers[0].url });
    const asked = queryRows(getSource(), SLOW, { settings: { max_execution_time: 1, max_block_size: "10" } });
    await expect(asked).rejects.toMatchObject({ failure: { code: "source_timeout", retryable: true } });
  });
});

/** Creates a view of a source table and points Penstock there. */
async function view(table: string, select: string): Promise<void> {
  const [{ owner, url }] = cluster.servers;
  await owner("shapes").command({ query: `CREATE OR REPLACE VIEW ${table} AS ${select}` });
  await pointSource({ url, username: OWNER.username, database: "shapes" });
}

/** Column types that differ from the source contract. */
const SHAPES = [
  "toUInt64(project_id) AS project_id",
  "toString(project_id) AS project_id",
  "[project_id] AS project_id",
  "toDateTime(inserted_at, 'Asia/Tokyo') AS inserted_at",
  "toDateTime64(inserted_at, 3) AS inserted_at",
  "toUnixTimestamp(inserted_at) AS inserted_at",
  "toString(inserted_at) AS inserted_at",
  "[inserted_at] AS inserted_at",
  "toNullable(inserted_at) AS inserted_at",
  "toString(uuid) AS uuid",
  "toNullable(uuid) AS uuid",
  "[event] AS event",
  "toNullable(event) AS event",
  "map('a', properties) AS properties",
  "CAST(properties, 'JSON') AS properties",
  "CAST(properties, 'LowCardinality(Nullable(String))') AS properties",
  "CAST(distinct_id, 'LowCardinality(Nullable(String))') AS distinct_id",
  "toString(timestamp) AS timestamp",
  "toDateTime(timestamp, 'Asia/Tokyo') AS timestamp",
  "toUnixTimestamp(timestamp) AS timestamp",
  "[timestamp] AS timestamp",
];

describe("a column of another type", () => {
  const wanted = wantedOf({ destination: { compression: "none" }, maxFileBytes: 500_000 });
  const lines = async () => (await encodeAll(wanted)).flatMap(({ body }) => body.toString().split("\n").slice(0, -1));

  let expected: string[];
  beforeAll(async () => {
    await view("events", "SELECT * FROM shard.events");
    expected = await lines();
    expect(expected).toHaveLength(EVENTS / 2);
  });

  it.each(SHAPES)("gives the same rows, or fails for good: %s", async (column) => {
    await view("events", `SELECT * REPLACE (${column}) FROM shard.events`);
    const found = await lines().catch((error: unknown) => error);
    if (!(found instanceof ExportError)) expect(found).toEqual(expected);
    else expect(found.failure).toMatchObject({ code: "source_column_type", retryable: false, fix: expect.anything() });
  });
});
