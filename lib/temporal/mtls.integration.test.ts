import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { makeCa, type Pair, signedBy } from "@/testing/stack/certificates";
import { spawnWeb } from "@/testing/stack/spawn-web";
import { spawnWorker } from "@/testing/stack/spawn-worker";
import { openTlsFront, type TlsFront } from "@/testing/stack/tls-front";

const folder = mkdtempSync(join(tmpdir(), "penstock-mtls-"));
const file = (name: string) => join(folder, name);
const server = process.env.TEMPORAL_ADDRESS ?? "";

const fronts: TlsFront[] = [];
/** Demands a client certificate; has one for another name; has an expired one; takes any client. */
let address: Record<"strict" | "named" | "expired" | "open", string>;
beforeAll(async () => {
  const [ca, stranger] = [await makeCa(), await makeCa()];
  const write = (name: string, { cert, key }: Pair) => {
    writeFileSync(file(`${name}.crt`), cert);
    writeFileSync(file(`${name}.key`), key);
  };
  write("ca", ca);
  write("other-ca", stranger);
  write("client", await signedBy(ca));
  write("stranger", await signedBy(stranger));
  const open = async (pair: Pair, clientCa?: string) => {
    const front = await openTlsFront(server, { ...pair, ...(clientCa && { clientCa }) });
    fronts.push(front);
    return front.address;
  };
  address = {
    strict: await open(await signedBy(ca), ca.cert),
    named: await open(await signedBy(ca, { host: "temporal.test" }), ca.cert),
    expired: await open(await signedBy(ca, { isExpired: true }), ca.cert),
    open: await open(await signedBy(ca)),
  };
});
afterAll(() => {
  for (const front of fronts) front.close();
  rmSync(folder, { recursive: true });
});
afterEach(() => vi.unstubAllEnvs());

const CA = () => ({ TEMPORAL_TLS_CA: file("ca.crt") });
const as = (name: string) => ({ TEMPORAL_TLS_CERT: file(`${name}.crt`), TEMPORAL_TLS_KEY: file(`${name}.key`) });
const at = (front: keyof typeof address) => ({ TEMPORAL_ADDRESS: address[front] });

type Variables = Record<string, string>;

/** Temporal's client in a process with these variables. */
async function clientWith(env: Variables) {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  vi.resetModules();
  return import("./client");
}

async function pingWith(env: Variables): Promise<{ workers: number }> {
  const { pingTemporal, closeTemporal } = await clientWith(env);
  return pingTemporal(5_000).finally(closeTemporal);
}

/** Ids of the processes that wait for workflows, asked by a client with these variables. */
async function pollersWith(env: Variables): Promise<number[]> {
  const { getTemporal, closeTemporal } = await clientWith(env);
  const { workflowService: service, options } = getTemporal();
  const { pollers } = await service
    .describeTaskQueue({ namespace: options.namespace, taskQueue: { name: "penstock" }, taskQueueType: 1 })
    .finally(closeTemporal);
  return pollers?.map(({ identity }) => Number.parseInt(identity ?? "", 10)) ?? [];
}

async function faultWith(env: Variables): Promise<string | null> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  vi.resetModules();
  const [{ tlsFault }, { getEnv }] = await Promise.all([import("./tls-fault"), import("../env")]);
  return tlsFault(getEnv());
}

describe("Temporal that demands a client certificate", () => {
  it("is reached by client and worker with one", async () => {
    // On the queue of the other workers: the installation's marker is there.
    const env = { ...at("strict"), ...CA(), ...as("client") };
    const worker = await spawnWorker(env);
    try {
      await expect.poll(() => pollersWith(env), { timeout: 60_000, interval: 500 }).toContain(worker.pid);
    } finally {
      await worker.stop();
    }
  });

  it("is reached by a name that is not its host", async () => {
    const env = { ...at("named"), ...CA(), ...as("client"), TEMPORAL_TLS_SERVER_NAME: "temporal.test" };
    await expect(pingWith(env)).resolves.toHaveProperty("workers");
    expect(await faultWith(env)).toBeNull();
  });

  it("ends a worker with a stranger's certificate, which says so", async () => {
    const log = file("worker.log");
    const worker = await spawnWorker({ ...at("strict"), ...CA(), ...as("stranger") }, log);
    await expect(worker.exited).resolves.toMatchObject({ code: 1 });
    expect(readFileSync(log, "utf8")).toContain("Temporal refuses the certificate in TEMPORAL_TLS_CERT.");
  });

  it("is not reached by a web app that trusts another CA, whose health says so", async () => {
    const web = await spawnWeb({ ...at("strict"), ...as("client"), TEMPORAL_TLS_CA: file("other-ca.crt") });
    try {
      const answer = await fetch(`${web.web}/api/health`);
      const { checks } = await answer.json();
      expect(checks.temporal).toEqual({ ok: false, message: expect.stringContaining("Set TEMPORAL_TLS_CA") });
    } finally {
      await web.stop();
    }
  });
});

describe("what keeps Temporal from being reached", () => {
  it.each<[string, () => Variables, RegExp | null]>([
    ["nothing", () => ({ ...at("strict"), ...CA(), ...as("client") }), null],
    ["no certificate", () => ({ ...at("strict"), ...CA() }), /requires a client certificate.*TEMPORAL_TLS_CERT/],
    ["a stranger's", () => ({ ...at("strict"), ...CA(), ...as("stranger") }), /refuses the certificate/],
    ["no CA", () => ({ ...at("strict"), ...as("client") }), /this machine doesn't trust.*TEMPORAL_TLS_CA/],
    ["another name", () => ({ ...at("named"), ...CA(), ...as("client") }), /TEMPORAL_TLS_SERVER_NAME/],
    ["its own expired one", () => ({ ...at("expired"), ...CA(), ...as("client") }), /Renew it on the server/],
    ["no TLS here", () => at("open"), /TEMPORAL_TLS to true/],
    ["no TLS there", () => ({ TEMPORAL_ADDRESS: server, ...CA() }), /doesn't use TLS/],
    ["no TLS on either side", () => ({ TEMPORAL_ADDRESS: server }), null],
    ["nobody at the address", () => ({ TEMPORAL_ADDRESS: "127.0.0.1:1", ...CA() }), null],
  ])("is %s", async (_, env, fault) => {
    const found = await faultWith(env());
    if (fault === null) expect(found).toBeNull();
    else expect(found).toMatch(fault);
  });
});
