import { ClickHouseLogLevel, createClient } from "@clickhouse/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "./testing";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
}, 60_000);
afterAll(() => server.stop());

async function rows(query: string, options: object = {}): Promise<unknown> {
  return (await server.client.query({ query, format: "JSONEachRow", ...options })).json();
}

describe("statements", () => {
  it.each([
    ["a SELECT", "SELECT 1 AS n", [{ n: 1 }]],
    [
      "SETTINGS at the end",
      "SELECT getSetting('max_block_size')::UInt8 AS n SETTINGS max_block_size = 77",
      [{ n: 77 }],
    ],
    ["a common table expression", "WITH x AS (SELECT 5 AS n) SELECT n FROM x", [{ n: 5 }]],
    ["a union in brackets", "(SELECT 1 AS n) UNION ALL (SELECT 1 AS n)", [{ n: 1 }, { n: 1 }]],
    ["comments and odd strings", "/* ; */ SELECT 'a;''b' AS s -- FORMAT CSV", [{ s: "a;'b" }]],
    ["no rows", "SELECT 1 AS n WHERE 0", []],
    ["EXISTS", "EXISTS TABLE system.one", [{ result: 1 }]],
    ["DESCRIBE", "DESCRIBE TABLE (SELECT 1 AS a) SETTINGS describe_compact_output = 1", [{ name: "a", type: "UInt8" }]],
    ["SHOW", "SHOW TABLES FROM system LIKE 'one'", [{ name: "one" }]],
  ])("answers %s", async (_name, query, expected) => {
    expect(await rows(query)).toEqual(expected);
  });

  it("answers in the format of the text, and with totals", async () => {
    const query =
      "SELECT number % 2 AS k, count()::UInt8 AS n FROM numbers(5) GROUP BY k WITH TOTALS ORDER BY k FORMAT JSON";
    const { stream } = await server.client.exec({ query });
    let text = "";
    for await (const chunk of stream) text += chunk;
    expect(JSON.parse(text)).toMatchObject({ rows: 2, totals: { n: 5 } });
  });

  it("sends each row once when it validates UTF-8", async () => {
    const query = "SELECT 'é' AS s";
    const setting = { output_format_json_validate_utf8: 1 as const };
    expect(await rows(query, { clickhouse_settings: setting })).toEqual([{ s: "é" }]);
    expect(await rows(`${query} SETTINGS output_format_json_validate_utf8 = 1`)).toEqual([{ s: "é" }]);
  });

  it("reads two columns of the same name", async () => {
    expect(await (await server.client.query({ query: "SELECT 1, 1", format: "CSV" })).text()).toBe("1,1\n");
  });

  it("runs statements without a result", async () => {
    await server.client.command({ query: "CREATE TABLE made (a UInt8) ENGINE = MergeTree ORDER BY a" });
    await server.client.command({ query: "INSERT INTO made SELECT number FROM numbers(4)" });
    await server.client.command({ query: "ALTER TABLE made DELETE WHERE a = 3 SETTINGS mutations_sync = 1" });
    expect(await rows("SELECT count()::UInt8 AS n FROM made")).toEqual([{ n: 3 }]);
    await server.client.command({ query: "DROP TABLE made" });
    expect(await rows("EXISTS TABLE made")).toEqual([{ result: 0 }]);
  });

  it("names the query and the format", async () => {
    const result = await server.client.query({ query: "SELECT 1", format: "CSV", query_id: "my-query" });
    await result.text();
    expect(result.query_id).toBe("my-query");
    expect(result.response_headers).toMatchObject({
      "x-clickhouse-query-id": "my-query",
      "x-clickhouse-format": "CSV",
    });
    expect(JSON.parse(String(result.response_headers["x-clickhouse-summary"]))).toHaveProperty("elapsed_ns");
  });

  it("answers a ping", async () => {
    expect(await server.client.ping()).toEqual({ success: true });
  });
});

describe("parameters and settings", () => {
  it.each([
    ["String", "tab\t quote' back\\slash\nline 😀 \u0001"],
    ["String", ""],
    ["UInt64", "18446744073709551615"],
    ["Bool", true],
    ["DateTime64(6, 'UTC')", "2026-01-02 03:04:05.123456"],
    ["UUID", "00000000-0000-4000-8000-000000000001"],
    ["Nullable(Int32)", null],
    ["Array(String)", ["it's", "back\\slash", "a,b", "ключ"]],
    ["Array(Int64)", []],
    ["Map(String, UInt8)", { "k'": 1 }],
  ])("binds %s", async (type, value) => {
    const settings = { output_format_json_quote_64bit_integers: 1 as const };
    const query = `SELECT {v:${type}} AS v`;
    expect(await rows(query, { query_params: { v: value }, clickhouse_settings: settings })).toEqual([{ v: value }]);
  });

  it("binds an identifier, and parameters sent as a form", async () => {
    expect(await rows("SELECT count()::UInt8 AS n FROM system.{t:Identifier}", { query_params: { t: "one" } })).toEqual(
      [{ n: 1 }],
    );
    const options = { query_params: { s: "x".repeat(50_000) }, use_multipart_params: true };
    expect(await rows("SELECT length({s:String})::UInt32 AS n", options)).toEqual([{ n: 50_000 }]);
  });

  it("keeps settings and parameters to their own query", async () => {
    const query = "SELECT getSetting('max_threads')::UInt32 AS n";
    const before = await rows(query);
    const seven = Array.from({ length: 12 }, () => rows(query, { clickhouse_settings: { max_threads: 7 } }));
    for (const answer of await Promise.all(seven)) expect(answer).toEqual([{ n: 7 }]);
    for (let i = 0; i < 12; i++) expect(await rows(query)).toEqual(before);
    await rows("SELECT {p:String}", { query_params: { p: "x" } });
    for (let i = 0; i < 12; i++) await expect(rows("SELECT {p:String}")).rejects.toMatchObject({ code: "456" });
  });

  it("uses the client's database", async () => {
    expect(await rows("SELECT currentDatabase() LIKE 'test_%' AS own")).toEqual([{ own: 1 }]);
  });
});

describe("errors", () => {
  it.each([
    ["selec 1", "62", "SYNTAX_ERROR"],
    ["SELECT 1; SELECT 2", "62", "SYNTAX_ERROR"],
    ["SELECT * FROM missing", "60", "UNKNOWN_TABLE"],
    ["SELECT missing FROM system.one", "47", "UNKNOWN_IDENTIFIER"],
    ["SELECT throwIf(number = 3) FROM numbers(10)", "395", "FUNCTION_THROW_IF_VALUE_IS_NON_ZERO"],
    ["SELECT toUInt8('x')", "6", "CANNOT_PARSE_TEXT"],
  ])("answers %s with its exception", async (query, code, type) => {
    await expect(rows(query)).rejects.toMatchObject({ code, type });
  });

  it("answers an unknown setting and an unknown database", async () => {
    await expect(rows("SELECT 1", { clickhouse_settings: { no_such: 1 } })).rejects.toMatchObject({ code: "115" });
    const lost = server.connect({ database: "no_such_database" });
    await expect(lost.query({ query: "SELECT 1" })).rejects.toMatchObject({ code: "81" });
    await lost.close();
  });

  it("gives HTTP statuses and the exception's header", async () => {
    const url = server.front?.url ?? String(process.env.CLICKHOUSE_URL);
    const user = server.front?.username ?? process.env.CLICKHOUSE_USERNAME ?? "default";
    const password = server.front?.password ?? process.env.CLICKHOUSE_PASSWORD ?? "";
    const headers = { Authorization: `Basic ${btoa(`${user}:${password}`)}` };
    const post = (body: string) => fetch(url, { method: "POST", body, headers });
    const missing = await post("SELECT * FROM missing");
    expect([missing.status, missing.headers.get("x-clickhouse-exception-code")]).toEqual([404, "60"]);
    expect(await missing.text()).toMatch(/^Code: 60\. DB::Exception: .*\(UNKNOWN_TABLE\) \(version .+\)\n$/s);
    expect((await post("SELEC")).status).toBe(400);
    expect(await (await post("SELECT 1")).text()).toBe("1\n");
    const form = `${url}/?user=${user}&password=${encodeURIComponent(password)}&query=SELECT%202&default_format=CSV`;
    expect(await (await fetch(form)).text()).toBe("2\n");
    expect(await (await fetch(`${url}/ping`)).text()).toBe("Ok.\n");
  });

  it("refuses a wrong password", async () => {
    const url = server.front?.url ?? process.env.CLICKHOUSE_URL;
    const log = { level: ClickHouseLogLevel.OFF };
    const stranger = createClient({ url, username: "default", password: "not it", log });
    await expect(stranger.query({ query: "SELECT 1" })).rejects.toMatchObject({ code: "516" });
    await stranger.close();
  });
});
