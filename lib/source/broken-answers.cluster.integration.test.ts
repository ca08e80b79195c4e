import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cluster, openCluster } from "@/testing/runs/cluster/cluster";
import { openOldProxy } from "@/testing/runs/cluster/old-proxy";
import { pointSource } from "@/testing/runs/cluster/point-source";
import { pumped } from "@/testing/runs/cluster/pumped";
import type { OpenProxy } from "@/testing/runs/cluster/round-robin";
import { fillShards } from "@/testing/runs/cluster/rows";
import { tablesOf } from "@/testing/runs/extracts";
import { everyNth } from "@/testing/runs/sample";
import type { S3DestinationInput } from "../destinations/s3/settings";
import type { ExportError } from "../errors";
import { Meter } from "../meter/meter";
import { getSource, queryRows } from "./client";
import { type EncodedQuery, encodeQuery } from "./encode";
import { openEncoded, readEncoded } from "./open-encoded";

const start = new Date("2025-02-01T00:00:00Z");
const window = { start, end: new Date("2025-02-01T12:00:00Z") };
const EVENTS = 40_000;
/** Events on the one server. */
const ROWS = EVENTS / 2;

let cluster: Cluster;
let chunked: OpenProxy;
let unframed: OpenProxy;
beforeAll(async () => {
  cluster = await openCluster();
  await fillShards(cluster, { sourceProjectId: 7, start, events: EVENTS, bytes: 700, parts: 1 });
  const [{ url }] = cluster.servers;
  [chunked, unframed] = await Promise.all([openOldProxy(url, "chunked"), openOldProxy(url, "until it closes")]);
});
afterAll(async () => {
  chunked.close();
  unframed.close();
  await cluster.close();
});

const FILES: Partial<S3DestinationInput>[] = [
  { format: "jsonl", compression: "none" },
  { format: "jsonl", compression: "gzip" },
  { format: "jsonl", compression: "zstd" },
  { format: "csv", compression: "none" },
  { format: "csv", compression: "gzip" },
  { format: "csv", compression: "zstd" },
  { format: "xml", compression: "none" },
  { format: "xml", compression: "gzip" },
  { format: "xml", compression: "zstd" },
  { format: "parquet", compression: "none" },
  { format: "parquet", compression: "zstd" },
];
const each = everyNth(FILES, 4).map(
  (destination) => [`${destination.format}, ${destination.compression}`, destination] as const,
);

/** Processes one block at a time, so that a failing response ends at the same place each time. */
const IN_TURN = {
  ...{ max_threads: 1, max_block_size: 200, output_format_parallel_formatting: 0 },
  ...{ output_format_parquet_row_group_size: 2000, output_format_parquet_parallel_encoding: 0 },
};

function encoded(destination: Partial<S3DestinationInput>) {
  const [table] = tablesOf({ sourceProjectId: 7, window, destination });
  const { encoding } = table!.written;
  const query = encodeQuery(table!.written);
  return { query: { ...query, settings: { ...query.settings, ...IN_TURN } }, encoding };
}

/** The same query, failing after most of its response was sent: rows are read in ranges of 8,192. */
function failing(query: EncodedQuery): EncodedQuery {
  const bad = `FROM (SELECT * FROM events WHERE throwIf(distinct_id = '${EVENTS - 1000}', 'a bad row') = 0) AS events`;
  const sql = query.sql.replace("FROM events", bad);
  expect(sql).not.toBe(query.sql);
  return { ...query, sql };
}

const THROWN = { name: "ExportError", cause: { code: "395", message: expect.stringContaining("a bad row") } };

/**
 * Directly, where the server breaks the connection after its error; and through the proxy, which ends the response as
 * if it were whole.
 */
const WAYS = {
  "without a proxy": () => cluster.servers[0].url,
  "through a proxy that speaks HTTP/1.0 to ClickHouse": () => chunked.url,
};

/** A broken connection drops whatever was not read yet, which may be the error: the file is then retried. */
const isLost = (error: unknown) => (error as ExportError).failure?.code === "source_unreachable";

describe.each(Object.entries(WAYS))("%s", (way, url) => {
  const pointThere = () => pointSource({ url: url(), database: "shard" });

  it.each(each)("a whole file stays whole (%s)", async (_, destination) => {
    await pointThere();
    expect(await pumped({ ...encoded(destination), expectedRows: ROWS })).toEqual({ result: ROWS, whole: true });
  });

  it.each(each)(
    "a file whose query fails on its way is refused with ClickHouse's own error (%s)",
    async (_, destination) => {
      await pointThere();
      const { query, encoding } = encoded(destination);
      const begun = await openEncoded(getSource(), failing(query));
      begun.on("error", () => {}).destroy();
      const { result, whole } = await pumped({ query: failing(query), encoding, expectedRows: ROWS });
      if (way !== "without a proxy" || !isLost(result)) expect(result).toMatchObject(THROWN);
      expect(whole).toBe(false);
    },
  );

  it("rows of JSON are refused with ClickHouse's own error", async () => {
    await pointThere();
    const query = "SELECT number, throwIf(number = 900000, 'a bad row') AS failed FROM numbers(1000000)";
    await expect(queryRows(getSource(), query)).rejects.toMatchObject(THROWN);
    expect(await queryRows(getSource(), "SELECT count() AS rows FROM events")).toEqual([{ rows: String(ROWS) }]);
  });

  it("a short answer is refused with ClickHouse's own error", async () => {
    await pointThere();
    const { query } = encoded({ compression: "none" });
    await expect(readEncoded(getSource(), failing(query))).rejects.toMatchObject(THROWN);
    expect((await readEncoded(getSource(), query)).split("\n")).toHaveLength(ROWS + 1);
  });

  it("a query that fails at once is refused with ClickHouse's own error", async () => {
    await pointThere();
    await expect(queryRows(getSource(), "SELECT throwIf(1, 'a bad row')")).rejects.toMatchObject(THROWN);
  });
});

it.each(each.filter(([, { format }]) => format !== "parquet"))(
  "the text of an error never passes for the rows that are missing (%s)",
  async (_, destination) => {
    await pointSource({ url: chunked.url, database: "shard" });
    const { query, encoding } = encoded(destination);
    const answer = await openEncoded(getSource(), failing(query));
    const meter = new Meter(encoding);
    for await (const chunk of answer) await meter.add(chunk as Buffer);
    const { rows } = await meter.finish();
    expect(rows).toBeGreaterThan(ROWS / 2);
    const { result, whole } = await pumped({ query: failing(query), encoding, expectedRows: rows });
    expect(result).toMatchObject(THROWN);
    expect(whole).toBe(false);
  },
);

describe("answers that end wherever the connection does", () => {
  const refused = {
    failure: { code: "source_proxy", retryable: false, fix: expect.stringContaining("proxy_http_version 1.1") },
  };

  it("are refused for rows of JSON", async () => {
    await pointSource({ url: unframed.url, database: "shard" });
    await expect(queryRows(getSource(), "SELECT 1 AS n")).rejects.toMatchObject(refused);
  });

  it.each(each)("are refused for files (%s)", async (_, destination) => {
    await pointSource({ url: unframed.url, database: "shard" });
    const { query, encoding } = encoded(destination);
    await expect(openEncoded(getSource(), query)).rejects.toMatchObject(refused);
    const { result, whole } = await pumped({ query, encoding, expectedRows: ROWS });
    expect(result).toMatchObject(refused);
    expect(whole).toBe(false);
  });
});
