import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { makeCa, signedBy } from "@/testing/stack/certificates";
import { openTlsFront, type TlsFront } from "@/testing/stack/tls-front";

const folder = mkdtempSync(join(tmpdir(), "penstock-tls-"));
const caFile = join(folder, "ca.pem");

let front: TlsFront;
let url: string;
beforeAll(async () => {
  const ca = await makeCa();
  writeFileSync(caFile, ca.cert);
  front = await openTlsFront(new URL(process.env.CLICKHOUSE_URL ?? "").host, await signedBy(ca));
  url = `https://${front.address}`;
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
  ["a file that is missing", () => join(folder, "none.pem"), "the file doesn't exist"],
  ["a file without a certificate", () => join(folder, "text.pem"), "text.pem can't be used"],
])("refuses %s at the start", async (_, file, why) => {
  writeFileSync(join(folder, "text.pem"), "no certificate\n");
  await sourceWith({ CLICKHOUSE_URL: url, CLICKHOUSE_CA_CERT: file() });
  const { getEnv } = await import("../env");
  expect(getEnv).toThrow("CLICKHOUSE_CA_CERT: Must be the path of a PEM file");
  expect(getEnv).toThrow(why);
});
