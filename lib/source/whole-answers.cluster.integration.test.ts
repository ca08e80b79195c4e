import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Tree } from "@/local/clickhouse/xml";
import { linesFor } from "@/testing/runs/cluster/ask";
import { type Cluster, openCluster } from "@/testing/runs/cluster/cluster";
import { pointSource } from "@/testing/runs/cluster/point-source";
import { fillShards } from "@/testing/runs/cluster/rows";
import { tablesOf, type Wanted } from "@/testing/runs/extracts";
import { everyNth } from "@/testing/runs/sample";
import { ExportError } from "../errors";
import { getSource, queryRows } from "./client";
import { encodeQuery } from "./encode";
import { openEncoded, readEncoded } from "./open-encoded";
import { type Plan, planFiles } from "./plan";

const start = new Date("2025-02-01T00:00:00Z");
const window = { start, end: new Date("2025-02-01T03:00:00Z") };
const ROWS = 3000;
const FILL = { sourceProjectId: 7, start, events: ROWS, persons: 600, mergedIds: 400 };

/** Filters nothing, and takes at least half a second. */
const SLOWLY = "NOT ignore(sleepEachRow(0.001))";
const EVENTS = "SELECT distinct_id FROM events WHERE project_id = 7";

/** One thread and small blocks, because limits are checked between blocks. */
const IN_TURN = { max_threads: 1, max_block_size: 10 };

interface Lying {
  profile: Tree;
  /** A query whose response the profile changes. */
  control: string;
}

/** Profiles that silently make responses incomplete or wrong. */
const LYING: Record<string, Lying> = {
  read_break: { profile: { read_overflow_mode: "break", max_rows_to_read: 100, ...IN_TURN }, control: EVENTS },
  group_by_any: {
    profile: { group_by_overflow_mode: "any", max_rows_to_group_by: 2, ...IN_TURN },
    control: `${EVENTS} GROUP BY distinct_id`,
  },
  group_by_break: {
    profile: { group_by_overflow_mode: "break", max_rows_to_group_by: 2, ...IN_TURN },
    control: `${EVENTS} GROUP BY distinct_id`,
  },
  sort_break: {
    profile: { sort_overflow_mode: "break", max_rows_to_sort: 100, ...IN_TURN },
    control: `${EVENTS} ORDER BY cityHash64(distinct_id)`,
  },
  result_break: { profile: { result_overflow_mode: "break", max_result_rows: 3, max_block_size: 2 }, control: EVENTS },
  timeout_break: {
    profile: { timeout_overflow_mode: "break", max_execution_time: 0.2, ...IN_TURN },
    control: `${EVENTS} AND ${SLOWLY}`,
  },
  distinct_break: {
    profile: { distinct_overflow_mode: "break", max_rows_in_distinct: 10, ...IN_TURN },
    control: `SELECT DISTINCT distinct_id FROM (${EVENTS})`,
  },
  set_break: {
    profile: { set_overflow_mode: "break", max_rows_in_set: 10, ...IN_TURN },
    control: "SELECT distinct_id FROM shard.events WHERE distinct_id IN (SELECT distinct_id FROM shard.events)",
  },
  join_break: {
    profile: { join_overflow_mode: "break", max_rows_in_join: 10, ...IN_TURN, join_algorithm: "hash" },
    control: `SELECT a.distinct_id FROM (${EVENTS}) AS a INNER JOIN (${EVENTS}) AS b ON a.distinct_id = b.distinct_id`,
  },
  limit: { profile: { limit: 10 }, control: EVENTS },
  offset: { profile: { offset: 1 }, control: EVENTS },
  unmerged_groups: {
    profile: { distributed_group_by_no_merge: 1 },
    control: "SELECT count() FROM events WHERE project_id = 7",
  },
  result_filter: { profile: { additional_result_filter: "0" }, control: EVENTS },
  pruned_shards: { profile: { optimize_skip_unused_shards: 1 }, control: EVENTS },
  deleted_rows: {
    profile: { apply_deleted_mask: 0 },
    control: "SELECT amplitude_id FROM merged_ids WHERE project_id = 7",
  },
  final: { profile: { final: 1 }, control: "SELECT person_id FROM persons WHERE project_id = 7" },
};

/** Profiles that don't affect plain queries here, but might affect Penstock's. */
const OTHERS: Record<string, Tree> = {
  transfer_break: { transfer_overflow_mode: "break", max_rows_to_transfer: 10, ...IN_TURN },
  read_leaf_break: { read_overflow_mode_leaf: "break", max_rows_to_read_leaf: 100, ...IN_TURN },
  empty_sum_is_null: { aggregate_functions_null_for_empty: 1 },
  empty_sum_is_nothing: { empty_result_for_aggregation_by_empty_set: 1 },
  old_analyzer: { enable_analyzer: 0 },
  local_in: { distributed_product_mode: "local" },
  old_compatibility: { compatibility: "23.8" },
  any_join: { join_default_strictness: "ANY" },
  null_join: { join_use_nulls: 1, transform_null_in: 1 },
  exceptions_as_rows: { http_write_exception_in_output_format: 1 },
};

let cluster: Cluster;
beforeAll(async () => {
  const profiles = Object.entries({ ...OTHERS, ...Object.fromEntries(named(LYING, ({ profile }) => profile)) });
  const readers = Object.fromEntries(profiles.map(([name, profile]) => [name, { profile }]));
  cluster = await openCluster({
    ...readers,
    reader: {},
    skipping: { profile: { skip_unavailable_shards: 1 } },
  });
  await fillShards(cluster, FILL);
  for (const server of cluster.servers)
    await server
      .owner("shard")
      .command({ query: "DELETE FROM merged_ids WHERE project_id = 7 AND amplitude_id % 100 > 97" });
  await pointSource({ url: cluster.servers[0].url });
  for (const [name, wanted] of WANTED) truth.set(name, await askAll(wanted));
});
afterAll(() => cluster.close());

const named = <T, U>(of: Record<string, T>, make: (value: T) => U) =>
  Object.entries(of).map(([name, value]) => [name, make(value)] as const);

const plain = { compression: "none" } as const;
const WANTED = (
  [
    ["events", { model: "events", destination: plain }],
    ["events by hour and name", { model: "events", destination: { ...plain, layout: "hive", partitionByEvent: true } }],
    ["small files of events", { model: "events", destination: plain, maxFileBytes: 500_000 }],
    ["persons", { model: "persons", destination: plain }],
    [
      "early persons",
      { model: "persons", destination: plain, window: { start, end: new Date(start.getTime() + 1_000_000) } },
    ],
    ["merged ids", { model: "merged_ids", destination: plain }],
    [
      "an empty window",
      { model: "events", destination: plain, window: { start: window.end, end: new Date("2025-02-02") } },
    ],
  ] as const
).map(([name, wanted]) => [name, { sourceProjectId: 7, window, ...wanted } satisfies Wanted] as const);

/** Rows as reported by a plan, its check query, and its files independently. */
interface Said {
  rows: number;
  fingerprint: bigint;
  check: Record<string, string>;
  lines: string[];
}

const truth = new Map<string, Said>();

async function askAll(wanted: Wanted): Promise<Said> {
  const tables = tablesOf(wanted);
  const plan: Plan = await planFiles(getSource(), tables);
  const [check = {}] = await queryRows<Record<string, string>>(getSource(), plan.check.sql, {
    params: plan.check.params,
  });
  const lines: string[] = [];
  for (const { bounds } of plan.files)
    lines.push(
      ...(await readEncoded(getSource(), encodeQuery(tables[0]!.written, { bounds }))).split("\n").slice(0, -1),
    );
  return { rows: plan.rows, fingerprint: plan.fingerprint, check, lines: lines.toSorted() };
}

describe.each(everyNth(Object.keys(LYING), 4))("a profile with %s", (username) => {
  const { control } = LYING[username]!;

  it("changes what ClickHouse answers by itself", async () => {
    const whole = await linesFor("reader", cluster.servers[0], control);
    const answered = await linesFor(username, cluster.servers[0], control);
    expect(answered.toSorted()).not.toEqual(whole.toSorted());
  });

  it.each(everyNth(WANTED, 3))("gives the whole truth or an error: %s", (name, wanted) =>
    truthOrError(username, name, wanted),
  );
});

describe.each(everyNth(Object.keys(OTHERS), 3))("a profile with %s", (username) => {
  it.each(everyNth(WANTED, 3))("gives the whole truth or an error: %s", (name, wanted) =>
    truthOrError(username, name, wanted),
  );
});

async function truthOrError(username: string, name: string, wanted: Wanted): Promise<void> {
  await pointSource({ url: cluster.servers[0].url, username });
  const said = await askAll(wanted).catch((error: unknown) => error);
  if (said instanceof ExportError) expect(said.failure.fix, said.failure.message).toBeTruthy();
  else expect(said).toEqual(truth.get(name));
}

it("has rows to lose", () => {
  const rows = Object.fromEntries([...truth].map(([name, said]) => [name, said.rows]));
  expect(rows).toEqual({
    events: ROWS,
    "events by hour and name": ROWS,
    "small files of events": ROWS,
    persons: 560,
    "early persons": 400,
    "merged ids": 392,
    "an empty window": 0,
  });
});

describe("a shard that is down", () => {
  afterEach(() => cluster.secondShard.restore());

  it.each(everyNth(WANTED, 3).filter(([name]) => name !== "an empty window"))(
    "fails a plan, its check and its files, though the profile would leave it out: %s",
    async (_, wanted) => {
      await pointSource({ url: cluster.servers[0].url, username: "skipping" });
      const tables = tablesOf(wanted);
      const plan = await planFiles(getSource(), tables);
      const [file] = plan.files;
      cluster.secondShard.cut();
      const half = await linesFor("skipping", cluster.servers[0], EVENTS);
      expect(half).toHaveLength(ROWS / 2);
      const down = { failure: { code: "source_shard", retryable: true, fix: expect.anything() } };
      await expect(planFiles(getSource(), tables)).rejects.toMatchObject(down);
      await expect(queryRows(getSource(), plan.check.sql, { params: plan.check.params })).rejects.toMatchObject(down);
      await expect(
        openEncoded(getSource(), encodeQuery(tables[0]!.written, { bounds: file!.bounds })),
      ).rejects.toMatchObject(down);
    },
  );
});

it("an error amid rows of JSON fails the query, though the profile writes it as one more row", async () => {
  await pointSource({ url: cluster.servers[0].url, username: "exceptions_as_rows" });
  const query = "SELECT number, throwIf(number = 900000) AS failed FROM numbers(1000000)";
  const lines = await linesFor("exceptions_as_rows", cluster.servers[0], `${query} FORMAT JSONEachRow`);
  expect(lines.at(-1)).toContain('{"exception": "Code: 395.');
  await expect(queryRows(getSource(), query)).rejects.toMatchObject({ cause: { code: "395" } });
});
