import { Readable } from "node:stream";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "./testing";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
}, 60_000);
afterAll(() => server.stop());

beforeEach(async () => {
  await server.client.command({
    query: `CREATE OR REPLACE TABLE t (a UInt32, b String DEFAULT 'none', c Array(String)) ENGINE = MergeTree ORDER BY a`,
  });
});

async function stored(): Promise<unknown> {
  return (
    await server.client.query({ query: "SELECT a, b, c FROM t ORDER BY a", format: "JSONCompactEachRow" })
  ).json();
}

const HOSTILE = "line\n tab\t quote' \" back\\slash ; 😀 -- /* \u0001";

describe("inserts", () => {
  it.each([false, true])("takes rows with request compression %s", async (request) => {
    const client = server.connect({ compression: { request } });
    const values = [{ a: 1, b: HOSTILE, c: ["x'y"] }, { a: 2 }];
    const { summary } = await client.insert({ table: "t", values, format: "JSONEachRow" });
    await client.close();
    expect(summary?.written_rows).toBe("2");
    expect(await stored()).toEqual([
      [1, HOSTILE, ["x'y"]],
      [2, "none", []],
    ]);
  });

  it("takes a stream, and columns by name or by exception", async () => {
    const lines = Readable.from(["1,x\n2,", "y\n"], { objectMode: false });
    await server.client.insert({ table: "t", values: lines, format: "CSV", columns: ["a", "b"] });
    const rest = [{ a: 3, c: ["z"] }];
    await server.client.insert({ table: "t", values: rest, format: "JSONEachRow", columns: { except: ["b"] } });
    expect(await stored()).toEqual([
      [1, "x", []],
      [2, "y", []],
      [3, "none", ["z"]],
    ]);
  });

  it("takes rows in the statement's own text", async () => {
    await server.client.command({ query: "INSERT INTO t (a, b) VALUES (1, 'semi;colon'), (1 + 1, concat('a', 'b'));" });
    await server.client.command({
      query: 'INSERT INTO t SETTINGS max_threads = 1 FORMAT JSONEachRow {"a":3}\n{"a":4}',
    });
    await server.client.command({ query: "INSERT INTO t (a) SELECT number + 5 FROM numbers(2)" });
    expect(await stored()).toEqual([
      [1, "semi;colon", []],
      [2, "ab", []],
      [3, "none", []],
      [4, "none", []],
      [5, "none", []],
      [6, "none", []],
    ]);
  });

  it("binds parameters in an insert", async () => {
    const query = "INSERT INTO t (a, b) SELECT number, {text:String} FROM numbers({n:UInt8})";
    await server.client.command({ query, query_params: { text: HOSTILE, n: 1 } });
    expect(await stored()).toEqual([[0, HOSTILE, []]]);
  });

  it("refuses rows that do not fit, and an unknown table", async () => {
    const bad = server.client.insert({ table: "t", values: [{ a: "not a number" }], format: "JSONEachRow" });
    await expect(bad).rejects.toMatchObject({ code: expect.stringMatching(/^(6|27|72)$/) });
    const lost = server.client.insert({ table: "missing", values: [{ a: 1 }], format: "JSONEachRow" });
    await expect(lost).rejects.toMatchObject({ code: "60" });
    expect(await stored()).toEqual([]);
  });

  it("takes many rows at once", async () => {
    const line = Buffer.from(`1,${"x".repeat(100)}\n`.repeat(2000));
    const values = Readable.from(
      Array.from({ length: 200 }, () => line),
      { objectMode: false },
    );
    await server.client.insert({ table: "t", values, format: "CSV", columns: ["a", "b"] });
    const result = await server.client.query({ query: "SELECT count()::UInt32 AS n FROM t", format: "JSONEachRow" });
    expect(await result.json()).toEqual([{ n: 400_000 }]);
  });
});
