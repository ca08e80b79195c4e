import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Probe, startProbe } from "./probe";

let port = 0;
let probe: Probe;

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
const get = async (path: string, host = "127.0.0.1") => (await fetch(`http://${host}:${port}${path}`)).status;
const worker = (state: string) => ({ getState: () => state as "RUNNING" });

beforeEach(async () => {
  port = await freePort();
  probe = await startProbe(port, "::");
});
afterEach(() => probe.close());

it("a worker that starts is live, but not ready", async () => {
  expect([await get("/live"), await get("/ready"), await get("/")]).toEqual([200, 503, 404]);
});

it.each([
  [["RUNNING", "RUNNING"], 200],
  [["RUNNING", "STOPPING"], 503],
  [["STOPPED", "STOPPED"], 503],
])("a worker of %s answers %d", async (states, status) => {
  probe.watch(states.map(worker));
  expect(await get("/ready")).toBe(status);
});

it("is there under addresses of both families, where the machine has them", async () => {
  const inner = await get("/live", "[::1]").catch((error: Error) => String(error.cause));
  expect(inner === 200 || /EADDRNOTAVAIL|EAFNOSUPPORT/.test(String(inner))).toBe(true);
});

it("a worker without a port listens on nothing", async () => {
  const none = await startProbe(undefined);
  none.watch([]);
  none.close();
});
