import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { ClickHouseClient } from "@clickhouse/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "@/testing/runs/until";
import { applySourceSchema } from "../clickhouse/schema";
import { sourceClient } from "../run/source-client";
import { type ClickHouseAddress, startClickHouse } from "./clickhouse";
import { type Keys, loadKeys } from "./keys";
import type { Part } from "./part";
import { freePorts, isFree } from "./ports";

const root = mkdtempSync(join(tmpdir(), "penstock-clickhouse-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const quiet = { say: () => {}, wait: () => () => {} };

async function optionsIn(name: string) {
  const dataDir = join(root, name);
  mkdirSync(join(dataDir, "logs"), { recursive: true });
  const { clickhouse: port } = await freePorts();
  return { dataDir, logDir: join(dataDir, "logs"), port, keys: loadKeys(dataDir) as Keys, progress: quiet };
}

const count = async (client: ClickHouseClient, table: string) => {
  const answer = await client.query({ query: `SELECT count()::UInt32 AS n FROM ${table}`, format: "JSONEachRow" });
  return (await answer.json<{ n: number }>())[0]?.n;
};

describe("the local ClickHouse", () => {
  let server: Part<ClickHouseAddress>;
  let client: ClickHouseClient;
  beforeAll(async () => {
    server = await startClickHouse(await optionsIn("served"));
    client = sourceClient(server.address);
    await applySourceSchema(client);
  });
  afterAll(async () => {
    await client.close();
    await server.stop();
  });

  const ask = async (query: string, user?: { username: string; password: string }) => {
    const headers = user ? { authorization: `Basic ${btoa(`${user.username}:${user.password}`)}` } : {};
    const answer = await fetch(server.address.url, { method: "POST", body: query, headers });
    return (await answer.text()).trim();
  };

  it("is ClickHouse's own server, with its own page", async () => {
    expect(await (await fetch(`${server.address.url}/play`)).text()).toContain("<title>ClickHouse Query</title>");
    expect(await (await fetch(`${server.address.url}/ping`)).text()).toBe("Ok.\n");
  });

  it.each([
    ["a source table", "SELECT count() FROM default.events"],
    ["a file", "SELECT * FROM file('/etc/hostname', 'LineAsString')"],
    ["an address", "SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString')"],
    ["what runs", "SELECT * FROM system.processes"],
    ["the listener", "SYSTEM STOP LISTEN HTTP"],
    ["a wrong password", "SELECT 1"],
  ])("lets the user without a password reach nothing: %s", async (what, query) => {
    const stranger = what === "a wrong password" ? { username: "penstock", password: "wrong" } : undefined;
    expect(await ask(query, stranger)).toMatch(/\((ACCESS_DENIED|QUOTA_EXCEEDED|AUTHENTICATION_FAILED)\)/);
  });

  it.each([
    ["read a source table", "SELECT count() FROM events", /^0$/],
    ["write to one", "INSERT INTO events (project_id) VALUES (1)", /ACCESS_DENIED/],
    ["make one", "CREATE TABLE mine (a UInt8) ENGINE = MergeTree ORDER BY a", /READONLY|ACCESS_DENIED/],
    ["read another table", "SELECT count() FROM other", /ACCESS_DENIED/],
    ["see what others run", "SELECT * FROM system.processes", /ACCESS_DENIED/],
    ["read a file", "SELECT * FROM file('/etc/hostname', 'LineAsString')", /ACCESS_DENIED/],
  ])("has Penstock's user %s, or refuses it", async (_, query, answer) => {
    await client.command({ query: "CREATE TABLE IF NOT EXISTS other (a UInt8) ENGINE = MergeTree ORDER BY a" });
    expect(await ask(query, server.address.reader)).toMatch(answer);
  });

  it("has the limits of a laptop, and keeps its tables and logs where they belong", async () => {
    const settings = await ask(
      "SELECT name, toUInt64(value) <= 6442450944 FROM system.server_settings WHERE name = 'max_server_memory_usage' AND value != '0'",
      server.address,
    );
    expect(settings).toBe("max_server_memory_usage\t1");
    const path = await ask(
      "SELECT data_path LIKE '%/served/clickhouse/%' FROM system.databases LIMIT 1",
      server.address,
    );
    expect(path).toBe("1");
  });
});

describe("its life", () => {
  it("starts again on its tables after SIGKILL", async () => {
    const options = await optionsIn("killed");
    const first = await startClickHouse(options);
    const client = sourceClient(first.address);
    await client.command({ query: "CREATE TABLE kept (a UInt8) ENGINE = MergeTree ORDER BY a" });
    await client.command({ query: "INSERT INTO kept SELECT number FROM numbers(100)" });
    process.kill(first.pid, "SIGKILL");
    expect(await first.ended).toContain("ClickHouse was killed (SIGKILL)");
    const second = await startClickHouse(options);
    expect(await count(client, "kept")).toBe(100);
    await client.close();
    await second.stop();
    expect(await isFree(options.port)).toBe(true);
  });

  it("reads the tables that earlier versions of Penstock have made", async () => {
    const options = await optionsIn("earlier");
    const archive = resolve("testing/stack/files/clickhouse-of-the-front.tgz");
    expect(spawnSync("tar", ["xzf", archive, "-C", options.dataDir]).status).toBe(0);
    const server = await startClickHouse(options);
    const client = sourceClient(server.address);
    await applySourceSchema(client);
    expect(await count(client, "events")).toBe(20);
    expect(await count(client, "persons FINAL")).toBe(5);
    await client.close();
    await server.stop();
  });

  it("says which folder to move away when its tables can't be opened", async () => {
    const options = await optionsIn("damaged");
    mkdirSync(join(options.dataDir, "clickhouse", "status"), { recursive: true });
    await expect(startClickHouse(options)).rejects.toThrow(
      /ClickHouse ended with code .*clickhouse are damaged, move that folder/s,
    );
  });

  it("ends when the process that started it is killed", async () => {
    const { dataDir, logDir, port } = await optionsIn("orphan");
    const script =
      `const { startClickHouse } = await import("./local/parts/clickhouse.ts");` +
      `const { loadKeys } = await import("./local/parts/keys.ts");` +
      `const options = ${JSON.stringify({ dataDir, logDir, port })};` +
      `const keys = loadKeys(options.dataDir); const progress = { say() {}, wait: () => () => {} };` +
      `const { pid } = await startClickHouse({ ...options, keys, progress });` +
      `console.log(pid); setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [pid] = (await once(createInterface({ input: parent.stdout }), "line")) as [string];
    expect(await isFree(port)).toBe(false);
    parent.kill("SIGKILL");
    await until("the server had ended", async () => !isRunning(Number(pid)));
    expect(await isFree(port)).toBe(true);
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
