import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HOUR } from "@/lib/units";
import { isAlive } from "@/server/process/processes";
import { isLong } from "@/testing/runs/is-long";
import { everyNth } from "@/testing/runs/sample";
import { until } from "@/testing/runs/until";
import { OwnProduct } from "@/testing/stack/spawn-product";
import { connectLocalBucket } from "../sample-export";
import { type Api, apiClient } from "./api";
import { sourceClient } from "./source-client";
import type { StackFile } from "./stack-file";

const LOST = ["postgres", "clickhouse", "temporal", "s3", "web", "worker"] as const;
const NAMES = {
  postgres: "PostgreSQL",
  clickhouse: "ClickHouse",
  temporal: "Temporal",
  s3: "The S3 server",
  web: "The web app",
  worker: "The worker",
};
/** Each window has as many rows. */
const ROWS = 500;
const WINDOWS = 24;
const END = Math.floor(Date.now() / HOUR) * HOUR;

const product = new OwnProduct();
let stack: StackFile;
let api: Api;
let exportId: string;
let next = 1;

beforeAll(async () => {
  stack = await product.start();
  api = apiClient(stack.web, stack.apiKey ?? "");
  await fill();
  const connectionId = await connectLocalBucket(api, stack.projectId, stack.s3);
  const input = { name: "Kept up", connectionId, destination: { type: "s3", prefix: "kept/" }, paused: true };
  const made = await api<{ id: string }>("POST", `/api/projects/${stack.projectId}/exports`, {
    ...input,
    schedule: { every: "hour" },
  });
  exportId = made.id;
}, 300_000);
afterAll(() => product.remove(), 90_000);

async function fill(): Promise<void> {
  const { items } = await api<{ items: { sourceProjectId: number }[] }>("GET", "/api/projects");
  const client = sourceClient(stack.clickhouse);
  await client.command({
    query: `INSERT INTO events (project_id, uuid, event, distinct_id, person_id, timestamp, created_at, inserted_at, properties)
      SELECT ${items[0]?.sourceProjectId}, generateUUIDv4(), 'e', 'd', generateUUIDv4(), at, at, at, '{}' FROM
      (SELECT fromUnixTimestamp64Milli(${END} - ${WINDOWS * HOUR} + number * ${HOUR / ROWS}, 'UTC') AS at
       FROM numbers(${WINDOWS * ROWS}))`,
  });
  await client.close();
}

interface Run {
  state: string;
  rows: number;
  intervalEnd: string;
}

/** Exports one more past window, however often web or ledger have to be asked, and returns its run. */
async function exportNext(seconds = 100): Promise<Run> {
  const end = new Date(END - next++ * HOUR).toISOString();
  const window = { start: new Date(Date.parse(end) - HOUR).toISOString(), end };
  const asked = async () => api("POST", `/api/exports/${exportId}/historic-exports`, window).catch(() => null);
  await until("the product took the request", asked, seconds);
  return until(
    "the window was committed",
    async () => {
      const runs = await api<{ items: Run[] }>("GET", `/api/exports/${exportId}/runs?state=Completed`).catch(
        () => null,
      );
      return runs?.items.find(({ intervalEnd }) => intervalEnd === end);
    },
    seconds,
  );
}

const healthy = () =>
  until("the product was healthy", async () => {
    const health = await api<{ status: string }>("GET", "/api/health").catch(() => null);
    return health?.status === "ok";
  });

describe("a product that loses a process", () => {
  it("exports a window", async () => {
    expect(await exportNext()).toMatchObject({ state: "Completed", rows: ROWS });
  });

  it.each(LOST)("%s: starts it again at the same address, says so, and goes on", async (name) => {
    const before = product.pid(name);
    process.kill(before, "SIGKILL");
    expect(await exportNext()).toMatchObject({ state: "Completed", rows: ROWS });
    await healthy();
    expect(product.pid(name)).not.toBe(before);
    await product.says(`${NAMES[name]} was killed (SIGKILL)`);
    expect(product.output).toMatch(new RegExp(`${NAMES[name]} was killed .* Its log: .*/logs/${name}\\.log\n`));
  });

  it.each(everyNth(["worker", "web"] as const, 2))("%s: replaces one that is frozen", async (name) => {
    const before = product.pid(name);
    process.kill(before, "SIGSTOP");
    const since = Date.now();
    expect(await exportNext()).toMatchObject({ state: "Completed", rows: ROWS });
    console.log(`A window was committed ${(Date.now() - since) / 1000} s after the ${name} froze.`);
    await product.says(`${NAMES[name]} didn't respond for 10 s and was ended`);
    await until("there was another", async () => product.pid(name) !== before);
  });
});

it("a start that was killed leaves nothing behind for the next one, which has its ports and data", async () => {
  const left = LOST.map((name) => product.pid(name));
  await product.abandon();
  expect(left.filter(isAlive).length).toBeGreaterThan(3);
  const again = await product.start();
  expect(left.filter(isAlive)).toEqual([]);
  expect(again).toEqual(stack);
  expect(await exportNext()).toMatchObject({ state: "Completed", rows: ROWS });
});

// Its pauses between six starts take a minute.
it.runIf(isLong)(
  "ends with a sentence when a part fails again and again",
  async () => {
    const { port } = new URL(stack.s3.endpoint);
    const others = LOST.filter((name) => name !== "s3").map((name) => product.pid(name));
    process.kill(product.pid("s3"), "SIGKILL");
    const thief = createServer();
    await until("its port was taken", async () => {
      await new Promise((done) => thief.once("error", done).listen(Number(port), "127.0.0.1", () => done(null)));
      return thief.listening;
    });
    expect(await product.exited).toEqual({ code: 1, signal: null });
    thief.close();
    await product.says("That was more than 5 failures within 10 minutes, so Penstock stopped.");
    expect(product.output).toContain("S3 server didn't start again. The S3 server ended with code 1 because another");
    expect(others.filter(isAlive)).toEqual([]);
  },
  180_000,
);
