import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { until } from "@/testing/runs/until";
import { closeTemporal, getTemporal } from "./client";

/** Attempts after which the pauses of the library's own default exceed the longest allowed one, jitter included. */
const ATTEMPTS = 7;
const LONGEST_MS = 7000;

const temporal = new URL(`http://${process.env.TEMPORAL_ADDRESS}`);
/** When each connection came. */
const attempts: number[] = [];
let isUp = false;
const proxy = createServer((client) => {
  attempts.push(Date.now());
  client.on("error", () => {});
  if (!isUp) return void client.destroy();
  const server = connect(Number(temporal.port), temporal.hostname);
  server.on("error", () => client.destroy());
  client.pipe(server).pipe(client);
});

beforeAll(async () => {
  await once(proxy.listen(0, "127.0.0.1"), "listening");
  vi.stubEnv("TEMPORAL_ADDRESS", `127.0.0.1:${(proxy.address() as AddressInfo).port}`);
});
afterAll(async () => {
  await closeTemporal();
  proxy.close();
  vi.unstubAllEnvs();
});

const ask = () => {
  const { connection, workflowService } = getTemporal();
  return connection
    .withDeadline(Date.now() + 1000, () => workflowService.describeNamespace({ namespace: "default" }))
    .then(() => true)
    .catch(() => false);
};

it("tries to reach Temporal at least every few seconds, however long it was away", async () => {
  const enough = async () => {
    await ask();
    return attempts.length >= ATTEMPTS;
  };
  await until("it had tried often enough", enough, 90);
  const pauses = attempts.slice(1).map((at, index) => at - attempts[index]!);
  expect(Math.max(...pauses)).toBeLessThan(LONGEST_MS);
  isUp = true;
  await until("Temporal was reached", ask, LONGEST_MS / 1000 + 5);
});
