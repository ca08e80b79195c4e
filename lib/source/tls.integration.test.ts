import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type Server } from "node:tls";
import { generate } from "selfsigned";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "penstock-tls-"));
const caFile = join(folder, "ca.pem");

let front: Server;
let url: string;
beforeAll(async () => {
  const { cert, private: key } = await generate([{ name: "commonName", value: "ClickHouse of a test" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
  });
  writeFileSync(caFile, cert);
  const { hostname, port } = new URL(process.env.CLICKHOUSE_URL ?? "");
  front = createServer({ cert, key }, (client) => {
    const server = connect(Number(port), hostname);
    for (const socket of [client, server])
      socket.on("error", () => {}).on("close", () => [client, server].map((it) => it.destroy()));
    client.pipe(server).pipe(client);
  });
  front.listen(0, "127.0.0.1");
  await once(front, "listening");
  url = `https://127.0.0.1:${(front.address() as AddressInfo).port}`;
});
afterAll(() => {
  front.close();
  rmSync(folder, { recursive: true });
});
afterEach(() => vi.unstubAllEnvs());

/** The source of a process with this environment. */
async function sourceWith(env: Record<string, string>) {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  vi.resetModules();
  return import("./client");
}

it("is reached over https with the CA of CLICKHOUSE_CA_CERT", async () => {
  const { getSource, pingSource, closeSource } = await sourceWith({ CLICKHOUSE_URL: url, CLICKHOUSE_CA_CERT: caFile });
  await pingSource(getSource(), AbortSignal.timeout(10_000));
  await closeSource();
});

it("is not trusted without it, and says so", async () => {
  const { getSource, pingSource, closeSource } = await sourceWith({ CLICKHOUSE_URL: url });
  await expect(pingSource(getSource(), AbortSignal.timeout(10_000))).rejects.toMatchObject({
    failure: { code: "source_certificate", fix: expect.stringContaining("CLICKHOUSE_CA_CERT") },
  });
  await closeSource();
});

it.each([
  ["a file that is missing", () => join(folder, "none.pem"), "there is no such file"],
  ["a file without a certificate", () => join(folder, "text.pem"), "text.pem is not"],
])("refuses %s at the start", async (_, file, why) => {
  writeFileSync(join(folder, "text.pem"), "no certificate\n");
  await sourceWith({ CLICKHOUSE_URL: url, CLICKHOUSE_CA_CERT: file() });
  const { getEnv } = await import("../env");
  expect(getEnv).toThrow("CLICKHOUSE_CA_CERT must be the path of a file");
  expect(getEnv).toThrow(why);
});
