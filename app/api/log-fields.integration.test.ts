import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { until } from "@/testing/runs/until";
import { logLines } from "@/testing/stack/log-lines";
import { type SpawnedWeb, spawnWeb } from "@/testing/stack/spawn-web";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const log = join(process.env.PENSTOCK_LOG_DIR ?? tmpdir(), `web-${randomUUID()}.log`);

let server: SpawnedWeb;
beforeAll(async () => {
  server = await spawnWeb({ LOG_LEVEL: "debug" }, log);
});
afterAll(() => server.stop());

const ask = (headers: Record<string, string> = {}) =>
  fetch(`${server.web}/api/projects`, {
    headers: { authorization: `Bearer ${process.env.PENSTOCK_API_KEY}`, ...headers },
  });

const lineOf = (requestId: string | null) =>
  until("the web app had logged it", async () => logLines(log).find((line) => line.requestId === requestId));

it("a request's lines carry the id that its response has, and its trace", async () => {
  const answer = await ask({ traceparent: `00-${TRACE}-00f067aa0ba902b7-01` });
  expect(answer.status).toBe(200);
  const requestId = answer.headers.get("x-request-id");
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(await lineOf(requestId)).toMatchObject({
    ...{ level: 20, name: "penstock", requestId, traceId: TRACE, msg: "Request completed." },
    ...{ method: "GET", path: "/api/projects", status: 200, ms: expect.any(Number) },
  });
});

it("the id of a proxy stays, and concurrent requests keep their own", async () => {
  const ids = Array.from({ length: 8 }, (_, n) => `proxy-${randomUUID()}-${n}`);
  const answers = await Promise.all(ids.map((id) => ask({ "x-request-id": id })));
  expect(answers.map(({ headers }) => headers.get("x-request-id"))).toEqual(ids);
  for (const id of ids) expect(await lineOf(id)).not.toHaveProperty("traceId");
});
