import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getEnv } from "@/lib/env";
import { TcpProxy } from "@/testing/runs/tcp-proxy";
import { until } from "@/testing/runs/until";
import { type SpawnedWeb, spawnWeb } from "@/testing/stack/spawn-web";

const ANYTHING = /[\s\S]/;
const NOTHING = /(?!)/;

let [database, source]: TcpProxy[] = [];
let web: SpawnedWeb;

const through = (address: string, { endpoint }: TcpProxy) => {
  const [url, { hostname, port }] = [new URL(address), new URL(endpoint)];
  return Object.assign(url, { hostname, port }).href;
};
/** The status of an answer, its code if it is an error, and after how many seconds it came. */
async function get(path: string) {
  const began = Date.now();
  const answer = await fetch(`${web.web}${path}`);
  const body = (await answer.json()) as { status?: string; error?: { code: string } };
  return { status: answer.status, says: body.error?.code ?? body.status, seconds: (Date.now() - began) / 1000 };
}

beforeAll(async () => {
  const { DATABASE_URL, CLICKHOUSE_URL } = getEnv();
  [database, source] = [await TcpProxy.open(DATABASE_URL), await TcpProxy.open(CLICKHOUSE_URL)];
  web = await spawnWeb({
    DATABASE_URL: through(DATABASE_URL, database),
    CLICKHOUSE_URL: through(CLICKHOUSE_URL, source),
    DATABASE_TIMEOUT_SECONDS: "5",
  });
});
afterAll(async () => {
  await web?.stop();
  for (const proxy of [database, source]) proxy?.cut();
});

it("probes ask nothing that may sleep", async () => {
  expect(await get("/api/live")).toMatchObject({ status: 200, says: "ok" });
  expect(await get("/api/ready")).toMatchObject({ status: 200, says: "ok" });
  expect(source?.connections).toBe(0);
});

describe("while PostgreSQL is silent", () => {
  it("the web app lives, isn't ready, and answers with an error within seconds; afterward, it works again", async () => {
    // Connections of before are silent, too.
    await Promise.all(Array.from({ length: 8 }, () => get("/api/health")));
    database?.stopAt(ANYTHING);
    expect(await get("/api/live")).toMatchObject({ status: 200 });
    const [ready, other] = await Promise.all([get("/api/ready"), get("/api/invitations/look-up?")]);
    expect(ready).toMatchObject({ status: 503, says: "unavailable" });
    expect(ready.seconds).toBeLessThan(4);
    expect(other.status).toBe(405);
    const asked = await Promise.all(
      Array.from({ length: 20 }, () =>
        fetch(`${web.web}/api/projects`, { headers: { authorization: `Bearer ${process.env.PENSTOCK_API_KEY}` } }),
      ),
    );
    const codes = await Promise.all(
      asked.map(async (it) => ((await it.json()) as { error: { code: string } }).error.code),
    );
    expect(new Set(codes)).toEqual(new Set(["postgres_unavailable"]));
    expect(new Set(asked.map(({ status }) => status))).toEqual(new Set([503]));
    database?.stopAt(NOTHING);
    await until("the web app is ready again", async () => (await get("/api/ready")).status === 200);
    expect(await get("/api/health")).toMatchObject({ status: 200, says: "ok" });
  });
});

it("a check of the health leaves no request behind at a ClickHouse that is silent", async () => {
  await get("/api/health");
  source?.holdAfter(0);
  const checks = await Promise.all(Array.from({ length: 5 }, () => get("/api/health")));
  expect(checks.map(({ says }) => says)).toEqual(Array(5).fill("degraded"));
  expect(Math.max(...checks.map(({ seconds }) => seconds))).toBeLessThan(6);
  await until("no request is left", async () => source?.connections === 0);
  source?.release();
});
