import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { getEnv } from "@/lib/env";
import { TcpProxy } from "@/testing/runs/tcp-proxy";
import { until } from "@/testing/runs/until";
import { type SpawnedWeb, spawnWeb } from "@/testing/stack/spawn-web";

const ANYTHING = /[\s\S]/;
const NOTHING = /(?!)/;

let database: TcpProxy;
let web: SpawnedWeb;
/** A ClickHouse that accepts connections and never responds, and what is open to it. */
let source: Server;
const open = new Set<Socket>();

/** The status of an answer, its code if it is an error, and after how many seconds it came. */
async function get(path: string, headers: Record<string, string> = {}) {
  const began = Date.now();
  const answer = await fetch(`${web.web}${path}`, { headers });
  const body = (await answer.json()) as { status?: string; error?: { code: string } };
  return { status: answer.status, says: body.error?.code ?? body.status, seconds: (Date.now() - began) / 1000 };
}

beforeAll(async () => {
  source = createServer((socket) => {
    open.add(socket);
    socket
      .resume()
      .on("error", () => {})
      .on("close", () => open.delete(socket));
  }).listen(0, "127.0.0.1");
  await once(source, "listening");
  const { DATABASE_URL } = getEnv();
  database = await TcpProxy.open(DATABASE_URL);
  const { hostname, port } = new URL(database.endpoint);
  web = await spawnWeb({
    DATABASE_URL: Object.assign(new URL(DATABASE_URL), { hostname, port }).href,
    CLICKHOUSE_URL: `http://127.0.0.1:${(source.address() as AddressInfo).port}`,
    DATABASE_TIMEOUT_SECONDS: "5",
  });
});
afterAll(async () => {
  await web?.stop();
  database?.cut();
  source?.close();
});

it("probes ask nothing that may sleep", async () => {
  const asked = once(source, "connection").then(() => "ClickHouse");
  expect(await get("/api/live")).toMatchObject({ status: 200, says: "ok" });
  expect(await get("/api/ready")).toMatchObject({ status: 200, says: "ok" });
  expect(await Promise.race([asked, get("/api/live").then(() => "nothing")])).toBe("nothing");
});

it("a check of the health leaves no request behind at a service that is silent", async () => {
  const checks = await Promise.all(Array.from({ length: 5 }, () => get("/api/health")));
  expect(checks.map(({ says }) => says)).toEqual(Array(5).fill("degraded"));
  expect(Math.max(...checks.map(({ seconds }) => seconds))).toBeLessThan(6);
  await until("no request is left", async () => open.size === 0);
});

it("while PostgreSQL is silent, the web app lives, isn't ready, and answers with an error within seconds", async () => {
  // Connections of before are silent, too.
  await Promise.all(Array.from({ length: 8 }, () => get("/api/invitations", { authorization: "Bearer pk_none" })));
  database.stopAt(ANYTHING);
  expect(await get("/api/live")).toMatchObject({ status: 200 });
  const ready = await get("/api/ready");
  expect(ready).toMatchObject({ status: 503, says: "unavailable" });
  expect(ready.seconds).toBeLessThan(4);
  const headers = { authorization: `Bearer ${process.env.PENSTOCK_API_KEY}` };
  const asked = await Promise.all(Array.from({ length: 20 }, () => get("/api/projects", headers)));
  expect(new Set(asked.map(({ status, says }) => `${status} ${says}`))).toEqual(new Set(["503 postgres_unavailable"]));
  // Half of them wait for a connection, which takes as long as the statement that has it.
  expect(Math.max(...asked.map(({ seconds }) => seconds))).toBeLessThan(15);
  database.stopAt(NOTHING);
  await until("the web app is ready again", async () => (await get("/api/ready")).status === 200);
  expect(await get("/api/projects", headers)).toMatchObject({ status: 200 });
});
