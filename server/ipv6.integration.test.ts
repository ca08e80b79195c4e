import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { networkInterfaces } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getEnv } from "@/lib/env";
import { freePorts } from "@/local/parts/ports";
import type { Child } from "@/server/process/child";
import { makeTenant, makeUser } from "@/testing/api/tenant";
import { storage, TestBucket } from "@/testing/runs/bucket";
import { until } from "@/testing/runs/until";
import { type SpawnedWeb, spawnWeb } from "@/testing/stack/spawn-web";
import { spawnWorker } from "@/testing/stack/spawn-worker";

const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === "::1"));

/** Forwards a port of ::1 to a service that only has IPv4. */
async function forward(address: string): Promise<{ server: Server; port: number }> {
  const { hostname, port } = new URL(address);
  const server = createServer((client) => {
    const service = connect(Number(port), hostname);
    client.pipe(service).pipe(client);
    for (const [socket, other] of [
      [client, service],
      [service, client],
    ] as const)
      socket.on("error", () => {}).on("close", () => other.destroy());
  }).listen(0, "::1");
  await once(server, "listening");
  return { server, port: (server.address() as AddressInfo).port };
}

const at = (address: string, port: number) =>
  Object.assign(new URL(address), { hostname: "[::1]", port: String(port) });

describe.skipIf(!hasIpv6)("with every service, and the app itself, at addresses of IPv6", () => {
  const servers: Server[] = [];
  let web: SpawnedWeb;
  let worker: Child;
  let [address, probe, endpoint] = ["", "", ""];

  const open = async (target: string) => {
    const { server, port } = await forward(target);
    servers.push(server);
    return at(target, port);
  };

  beforeAll(async () => {
    const { DATABASE_URL, CLICKHOUSE_URL, TEMPORAL_ADDRESS } = getEnv();
    const [database, source, temporal, s3] = await Promise.all(
      [DATABASE_URL, CLICKHOUSE_URL, `http://${TEMPORAL_ADDRESS}`, storage().endpoint].map(open),
    );
    endpoint = s3!.origin;
    const { web: probePort } = await freePorts();
    probe = `http://[::1]:${probePort}`;
    const env = {
      DATABASE_URL: database!.href,
      CLICKHOUSE_URL: source!.origin,
      TEMPORAL_ADDRESS: temporal!.host,
      TEMPORAL_TASK_QUEUE: "ipv6",
      ALLOWED_PRIVATE_HOSTS: `s3=${s3!.host}`,
      TRUSTED_PROXIES: "::1",
    };
    worker = await spawnWorker({ ...env, WORKER_PROBE_PORT: String(probePort) });
    web = await spawnWeb({ ...env, APP_URL: "http://[::1]:3000" }, undefined, "::");
    address = web.web.replace("127.0.0.1", "[::1]");
  });
  afterAll(async () => {
    await Promise.all([web?.stop(), worker?.stop()]);
    for (const server of servers) server.close();
  });

  it("the worker is ready, and every part is healthy, by both families", async () => {
    await until("the worker is ready", async () => (await fetch(`${probe}/ready`).catch(() => null))?.status === 200);
    for (const from of [address, web.web]) {
      const health = (await (await fetch(`${from}/api/health`)).json()) as { status: string };
      expect(health.status).toBe("ok");
    }
  });

  it("a person signs in and verifies a connection", async () => {
    const [tenant, bucket] = await Promise.all([makeTenant(), TestBucket.make()]);
    const login = await makeUser(tenant, "admin");
    const headers = { "content-type": "application/json", origin: "http://[::1]:3000", "x-forwarded-for": "fd00::7" };
    const post = (path: string, body: unknown, more = {}) =>
      fetch(`${address}/api/${path}`, { method: "POST", headers: { ...headers, ...more }, body: JSON.stringify(body) });
    const signedIn = await post("auth/sign-in/email", login);
    expect(signedIn.status).toBe(200);
    const cookie = signedIn.headers
      .getSetCookie()
      .map((it) => it.split(";", 1)[0])
      .join("; ");
    const config = { bucket: bucket.name, auth: "keys", forcePathStyle: true, ...storage(), endpoint };
    const tested = await post(
      "connections/test",
      { type: "s3", name: "IPv6", config, projectId: tenant.projectId },
      { cookie },
    );
    const { steps } = (await tested.json()) as { steps?: { name: string; status: string; message: string }[] };
    expect({ status: tested.status, failed: steps?.filter(({ status }) => status === "failed") }).toEqual({
      status: 200,
      failed: [],
    });
    await bucket.remove();
  });
});
