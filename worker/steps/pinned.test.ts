import { describe, expect, it } from "vitest";
import type { ConnectionRow } from "@/lib/db/rows";
import { postgresConfigSchema } from "@/lib/destinations/postgres/schema";
import { pinOf, usable } from "./pinned";

const CERTIFICATES = `-----BEGIN CERTIFICATE-----\n${"x".repeat(165_000)}\n-----END CERTIFICATE-----`;
const SHA256 = /^[0-9a-f]{64}$/;

const configOf = (tlsCa: string | null, database = "db") =>
  postgresConfigSchema.parse({ host: "db.example.com", database, username: "u", tlsCa });
const pinnedOf = (tlsCa: string | null) => {
  const connection = { id: "c", version: 3, type: "postgres", config: configOf(tlsCa) } as ConnectionRow;
  return pinOf({ connection }).pinned;
};

describe("what a run pins of its connection", () => {
  it("has only the hash of its certificates: an installation has many runs", () => {
    const pinned = pinnedOf(CERTIFICATES);
    expect(JSON.stringify(pinned).length).toBeLessThan(1000);
    expect(pinned.config).toEqual({ ...configOf(null), tlsCaSha256: expect.stringMatching(SHA256) });
    expect(pinnedOf(`${CERTIFICATES}\n-`).config).not.toEqual(pinned.config);
  });

  it("has no hash without certificates", () => {
    expect(pinnedOf(null).config).toEqual(configOf(null));
  });

  it.each([
    ["a run", pinnedOf("old").config!],
    ["a run without certificates", pinnedOf(null).config!],
    ["a run of an earlier version, which pinned the certificates", configOf("old")],
  ])("is used with the certificates that its connection has now: %s", (_, pinned) => {
    expect(usable(pinned, configOf("new", "elsewhere"))).toEqual(configOf("new"));
    expect(usable(pinned, configOf(null, "elsewhere"))).toEqual(configOf(null));
  });
});
