import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { running } from "@/testing/runs/cluster/ask";
import { type Cluster, openCluster } from "@/testing/runs/cluster/cluster";
import { type ImpatientProxy, openImpatient } from "@/testing/runs/cluster/impatient-proxy";
import { pointSource } from "@/testing/runs/cluster/point-source";
import { pumped } from "@/testing/runs/cluster/pumped";
import { type OpenProxy, openRoundRobin } from "@/testing/runs/cluster/round-robin";
import { fillShards } from "@/testing/runs/cluster/rows";
import { READER_PASSWORD } from "@/testing/runs/cluster/users";
import { tablesOf } from "@/testing/runs/extracts";
import { everyNth } from "@/testing/runs/sample";
import { until } from "@/testing/runs/until";
import { getSource, queryRows } from "./client";
import { encodeQuery } from "./encode";
import { openEncoded } from "./open-encoded";

const start = new Date("2025-02-01T00:00:00Z");
const window = { start, end: new Date("2025-02-01T01:00:00Z") };
const EVENTS = 1000;

let cluster: Cluster;
beforeAll(async () => {
  cluster = await openCluster();
  await fillShards(cluster, { sourceProjectId: 7, start, events: EVENTS });
});
afterAll(() => cluster.close());

/** Each row takes 10 ms, and each block of ten reports progress: five seconds for half of the rows. */
const SLOW = { max_block_size: 10, max_threads: 1 };
const SLOWLY = "NOT ignore(sleepEachRow(0.01), distinct_id)";
const often = { http_headers_progress_interval_ms: "200" };
const never = { http_headers_progress_interval_ms: "600000" };

const slowRows = (settings: Record<string, string>) =>
  queryRows(getSource(), `SELECT count() AS rows FROM events WHERE ${SLOWLY}`, {
    settings: { max_block_size: "10", max_threads: 1, ...settings },
  });

function slowFile(compression: "none" | "gzip" | "zstd", settings: Record<string, string>, condition = SLOWLY) {
  const [table] = tablesOf({ sourceProjectId: 7, window, destination: { compression } });
  const query = encodeQuery(table!.written);
  const sql = query.sql.replace("FROM events", `FROM (SELECT * FROM events WHERE ${condition}) AS events`);
  // Nothing is sent before the sort is complete.
  const sorted = sql.replace("ORDER BY inserted_at", "ORDER BY cityHash64(inserted_at), inserted_at");
  expect(sorted).not.toBe(query.sql);
  return {
    query: { ...query, sql: sorted, settings: { ...query.settings, ...SLOW, ...settings } },
    encoding: table!.written.encoding,
    expectedRows: EVENTS / 2,
  };
}

describe("a proxy that cuts after a second of silence", () => {
  let proxy: ImpatientProxy;
  beforeAll(async () => {
    proxy = await openImpatient(cluster.servers[0].url, 1000);
  });
  afterAll(() => proxy.close());

  it("lets a query pass that says how far it is", async () => {
    await pointSource({ url: proxy.url, database: "shard" });
    expect(await slowRows(often)).toEqual([{ rows: String(EVENTS / 2) }]);
    expect(await pumped(slowFile("zstd", often))).toEqual({ result: EVENTS / 2, whole: true });
    expect(proxy.cuts).toBe(0);
  });

  it("cuts one that does not, which fails and is worth another try", async () => {
    await pointSource({ url: proxy.url, database: "shard" });
    const cut = { failure: { code: "source_unreachable", retryable: true } };
    await expect(slowRows(never)).rejects.toMatchObject(cut);
    const { result, whole } = await pumped(slowFile("none", never));
    expect(result).toMatchObject(cut);
    expect([whole, proxy.cuts]).toEqual([false, 2]);
  });
});

describe("an error after the answer has begun with good words", () => {
  const failing = `throwIf(distinct_id = '${EVENTS - 2}', 'a bad row') = 0 AND ${SLOWLY}`;
  const thrown = { name: "ExportError", cause: { code: "395", message: expect.stringContaining("a bad row") } };

  it("comes with status 200", async () => {
    const query = `SELECT count() FROM shard.events WHERE ${failing} SETTINGS max_block_size = 10, max_threads = 1`;
    const address = `${cluster.servers[0].url}/?send_progress_in_http_headers=1&http_headers_progress_interval_ms=200`;
    const authorization = `Basic ${btoa(`reader:${READER_PASSWORD}`)}`;
    const answer = await fetch(address, { method: "POST", body: query, headers: { authorization } });
    expect([answer.status, answer.headers.get("x-clickhouse-exception-code")]).toEqual([200, "395"]);
  });

  it("is reported for rows", async () => {
    await pointSource({ url: cluster.servers[0].url, database: "shard" });
    const query = `SELECT count() AS rows FROM events WHERE ${failing}`;
    await expect(
      queryRows(getSource(), query, { settings: { max_block_size: "10", max_threads: 1, ...often } }),
    ).rejects.toMatchObject(thrown);
  });

  it.each(everyNth(["gzip", "none", "zstd"] as const, 3))("is reported for a file (%s)", async (compression) => {
    await pointSource({ url: cluster.servers[0].url, database: "shard" });
    const { result, whole } = await pumped(slowFile(compression, often, failing));
    expect(result).toMatchObject(thrown);
    expect(whole).toBe(false);
  });
});

describe("a query over both shards that nobody waits for any more", () => {
  let proxy: OpenProxy;
  beforeAll(async () => {
    proxy = await openRoundRobin(cluster.servers.map(({ url }) => url));
  });
  afterAll(() => proxy.close());
  afterEach(() => untilRunning("'abandoned'", 0));

  // Hours of work for both, without output: no write to the connection shows that it is gone.
  const ENDLESS =
    "SELECT max(cityHash64(e.uuid, n, 'abandoned')) AS hash FROM events AS e " +
    "GLOBAL CROSS JOIN (SELECT number AS n FROM numbers(100000000)) AS n";

  const untilRunning = (marker: string, least: 0 | 1) =>
    until(`the query ${least ? "ran" : "had ended"} on both servers`, async () => {
      const counts = await Promise.all(cluster.servers.map((server) => running(server, marker)));
      return counts.every((count) => Math.sign(count) === least);
    });

  const at = { "a server": () => cluster.servers[0].url, "servers in turn": () => proxy.url };

  it.each(everyNth(Object.entries(at), 2))("ends on both (asked of %s)", async (_, url) => {
    await pointSource({ url: url() });
    const stop = new AbortController();
    const answer = queryRows(getSource(), ENDLESS, { settings: never, signal: stop.signal }).catch(
      (error: unknown) => error,
    );
    await untilRunning("'abandoned'", 1);
    stop.abort();
    expect(await answer).toMatchObject({ failure: { code: "source_unreachable", retryable: true } });
    await untilRunning("'abandoned'", 0);
  });

  it.each(everyNth(Object.entries(at).toReversed(), 2))(
    "ends on both before its file begins (asked of %s)",
    async (_, url) => {
      await pointSource({ url: url() });
      const stop = new AbortController();
      const query = { sql: `${ENDLESS} FORMAT RawBLOB`, params: {}, settings: never, codec: "none" } as const;
      const answer = openEncoded(getSource(), query, stop.signal).catch((error: unknown) => error);
      await untilRunning("'abandoned'", 1);
      stop.abort();
      expect(await answer).toMatchObject({ name: "ExportError", failure: { retryable: true } });
      await untilRunning("'abandoned'", 0);
    },
  );
});
