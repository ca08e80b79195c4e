import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { freePorts, isFree, preferredPorts } from "./ports";

const servers: Server[] = [];
const folder = mkdtempSync(join(tmpdir(), "penstock-ports-"));
const portsFile = () => join(mkdtempSync(join(folder, "start-")), "ports.json");

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

afterAll(() => rmSync(folder, { recursive: true }));

async function listen(port = 0): Promise<number> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return (server.address() as { port: number }).port;
}

test("free ports are free and all different", async () => {
  const ports = Object.values(await freePorts());
  expect(new Set(ports).size).toBe(ports.length);
  for (const port of ports) expect(await isFree(port)).toBe(true);
});

test("a port that is listened on is not free", async () => {
  expect(await isFree(await listen())).toBe(false);
});

test("the ports of the last start come back, except those that are taken by now", async () => {
  const file = portsFile();
  const first = await preferredPorts(file);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(first);
  expect(await preferredPorts(file)).toEqual(first);
  await listen(first.postgres);
  const second = await preferredPorts(file);
  expect(second).toEqual({ ...first, postgres: second.postgres });
  expect(second.postgres).not.toBe(first.postgres);
});

test("a port that the user asks for is taken, or refused by a sentence", async () => {
  const { web } = await freePorts();
  expect((await preferredPorts(portsFile(), { web })).web).toBe(web);
  const taken = await listen();
  await expect(preferredPorts(portsFile(), { web: taken })).rejects.toThrow(
    `Port ${taken}, requested for web, is in use`,
  );
});
