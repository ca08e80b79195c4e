import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import type { ClickHouseSettings } from "@clickhouse/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isRealServer, startTestServer, type TestServer } from "./testing";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
}, 60_000);
afterAll(() => server.stop());

/** The bytes of a result as they travel. */
async function raw(query: string, settings: ClickHouseSettings = {}, abort?: AbortSignal): Promise<Readable> {
  const result = await server.client.exec({
    query,
    clickhouse_settings: settings,
    abort_signal: abort,
    decompress_response_stream: false,
  });
  return result.stream;
}

async function running(marker: string): Promise<number> {
  const query = "SELECT query FROM system.processes";
  const result = await server.client.query({ query, format: "JSONEachRow" });
  return (await result.json<{ query: string }>()).filter((each) => each.query.includes(marker)).length;
}

async function until(condition: () => Promise<boolean>): Promise<boolean> {
  for (let i = 0; i < 200; i++) {
    if (await condition()) return true;
    await sleep(100);
  }
  return false;
}

async function residentMb(pid: number): Promise<number> {
  return Number(/VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}

describe("streamed results", () => {
  it("keeps the order, and the bytes, of a totally ordered query", async () => {
    const query = "SELECT number FROM numbers_mt(300000) ORDER BY number FORMAT TSVRaw SETTINGS max_threads = 2";
    const first = await buffer(await raw(query));
    expect(first.toString()).toBe(Array.from({ length: 300_000 }, (_, i) => `${i}\n`).join(""));
    expect(Buffer.compare(await buffer(await raw(query)), first)).toBe(0);
  });

  it("sends one raw column as lines", async () => {
    const query = "SELECT concat('{\"n\":', toString(number), '}') FROM numbers(3) FORMAT LineAsString";
    expect((await buffer(await raw(query))).toString()).toBe('{"n":0}\n{"n":1}\n{"n":2}\n');
  });

  it("compresses in the engine", async () => {
    const client = server.connect({ compression: { response: true } });
    const query = "SELECT number FROM numbers(100000) ORDER BY number";
    const { stream } = await client.exec({ query: `${query} FORMAT CSV`, decompress_response_stream: false });
    const bytes = await buffer(stream);
    expect(bytes.length).toBeLessThan(400_000);
    expect(gunzipSync(bytes).toString().split("\n").length).toBe(100_001);
    const decoded = await client.query({ query: `${query} DESC LIMIT 1`, format: "CSV" });
    expect(await decoded.text()).toBe("99999\n");
    expect(await (await client.query({ query: "SELECT 1 WHERE 0", format: "CSV" })).text()).toBe("");
    await client.close();
  });

  it.each([100_000, 0])("sends Parquet of %i rows that can be read again", async (count) => {
    const query = `SELECT number AS n, toString(number) AS s FROM numbers(${count}) FORMAT Parquet`;
    const bytes = await buffer(await raw(query));
    expect([bytes.subarray(0, 4).toString(), bytes.subarray(-4).toString()]).toEqual(["PAR1", "PAR1"]);
    await server.client.command({ query: "CREATE OR REPLACE TABLE again (n UInt64, s String) ENGINE = Memory" });
    await server.client.insert({
      table: "again",
      values: Readable.from([bytes], { objectMode: false }),
      format: "Parquet",
    });
    const result = await server.client.query({
      query: "SELECT count()::UInt32, toFloat64(sum(n)), uniqExact(s)::UInt32 FROM again",
      format: "JSONCompactEachRow",
    });
    expect(await result.json()).toEqual([[count, count && (count * (count - 1)) / 2, count]]);
  });

  it.skipIf(isRealServer)(
    "waits for a slow reader in constant memory (of a real server no memory can be seen)",
    async () => {
      const { pid } = server.front!;
      const before = await residentMb(pid);
      let most = before;
      let bytes = 0;
      let lastLook = 0;
      const stream = await raw("SELECT number, repeat('x', 1000) FROM numbers(500000) FORMAT TSV");
      for await (const chunk of stream) {
        bytes += chunk.length;
        if (bytes - lastLook < 8_000_000) continue;
        lastLook = bytes;
        await sleep(20);
        most = Math.max(most, await residentMb(pid));
      }
      expect(bytes).toBeGreaterThan(500_000_000);
      expect(most - before).toBeLessThan(200);
    },
    60_000,
  );

  it("breaks off visibly when the query fails in the middle", async () => {
    const settings = { max_block_size: "8192", max_threads: 1, http_write_exception_in_output_format: 0 };
    const query = "SELECT throwIf(number = 500000), repeat('x', 100) FROM numbers(1000000) FORMAT TSV";
    const read = async () => buffer(await raw(query, settings));
    await expect(read()).rejects.toThrow();
  });

  it("runs several queries at once", async () => {
    const marker = "at_once";
    const stop = new AbortController();
    const query = `SELECT count() AS ${marker} FROM system.numbers`;
    const endless = Array.from({ length: 6 }, () => raw(query, {}, stop.signal));
    for (const each of endless) each.catch(() => undefined);
    expect(await until(async () => (await running(marker)) === 6)).toBe(true);
    const streamed = await buffer(await raw("SELECT number FROM numbers(5000000) FORMAT TSV"));
    expect(streamed.length).toBe(38_888_890);
    expect(await running(marker)).toBe(6);
    stop.abort();
    await Promise.allSettled(endless);
    expect(await until(async () => (await running(marker)) === 0)).toBe(true);
  }, 60_000);
});

describe("cancelling", () => {
  it("ends a streaming query when the client hangs up", async () => {
    const marker = "hang_up_stream";
    const stream = await raw(`SELECT number AS ${marker} FROM system.numbers FORMAT TSV`);
    stream.once("error", () => undefined);
    await new Promise((resolve) => stream.once("data", resolve));
    expect(await running(marker)).toBe(1);
    stream.destroy();
    expect(await until(async () => (await running(marker)) === 0)).toBe(true);
  }, 60_000);

  it("ends a query that has sent nothing yet", async () => {
    const marker = "hang_up_early";
    const abort = new AbortController();
    const query = `SELECT count() AS ${marker} FROM system.numbers`;
    const settings = { cancel_http_readonly_queries_on_client_close: 1 as const };
    const answer = raw(query, settings, abort.signal);
    answer.catch(() => undefined);
    expect(await until(async () => (await running(marker)) === 1)).toBe(true);
    abort.abort();
    await expect(answer).rejects.toThrow();
    expect(await until(async () => (await running(marker)) === 0)).toBe(true);
  }, 60_000);

  it("kills a query by its id", async () => {
    const query_id = `victim-${Date.now()}`;
    const marker = "kill_by_id";
    const victim = server.client.query({ query: `SELECT count() AS ${marker} FROM system.numbers`, query_id });
    victim.catch(() => undefined);
    expect(await until(async () => (await running(marker)) === 1)).toBe(true);
    await server.client.command({ query: `KILL QUERY WHERE query_id = '${query_id}' ASYNC` });
    await expect(victim).rejects.toMatchObject({ code: "394" });
  }, 60_000);
});
