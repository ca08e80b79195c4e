import { afterEach, expect, it, vi } from "vitest";

afterEach(() => vi.unstubAllEnvs());

it("Penstock's own parts include the database behind a pooler, and addresses of IPv6", async () => {
  const env = {
    DATABASE_URL: "postgres://penstock:secret@pooler.internal:6432/penstock",
    DATABASE_MIGRATION_URL: "postgres://penstock:secret@[fd00::5]/penstock",
    CLICKHOUSE_URL: "https://[fd00::8]:8443",
    TEMPORAL_ADDRESS: "[fd00::7]:7233",
    ENCRYPTION_KEYS: `k1:${Buffer.alloc(32).toString("base64")}`,
    APP_URL: "https://penstock.example.com",
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  vi.resetModules();
  const { ownParts } = await import("./own-parts");
  expect(ownParts()).toEqual([
    { name: "pooler.internal", port: 6432 },
    { name: "fd00::5", port: 5432 },
    { name: "fd00::8", port: 8443 },
    { name: "fd00::7", port: 7233 },
  ]);
});
