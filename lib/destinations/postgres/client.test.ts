import { describe, expect, it } from "vitest";
import { tlsOf } from "./client";
import { postgresConfigSchema } from "./schema";
import { TLS_MODES } from "./tls-modes";

const of = (host: string, tls: (typeof TLS_MODES)[number]) => tlsOf({ host, tls, tlsCa: null });

describe("TLS", () => {
  it.each(TLS_MODES.filter((mode) => mode !== "disable"))("names the host in the mode %s", (mode) => {
    expect(of("ep-cool.eu.aws.neon.tech", mode)).toMatchObject({ servername: "ep-cool.eu.aws.neon.tech" });
  });

  it.each(["10.0.0.1", "2001:db8::1", "[2001:db8::1]"])("names no address: %s", (host) => {
    expect(of(host, "require")).not.toHaveProperty("servername");
  });

  it("is off only if asked for", () => {
    expect(of("db.example.com", "disable")).toBe(false);
  });

  it("takes AWS's bundle of all authorities", () => {
    const tlsCa = "x".repeat(165_000);
    const config = { host: "db.example.com", database: "d", username: "u", tlsCa };
    expect(postgresConfigSchema.safeParse(config).success).toBe(true);
    expect(postgresConfigSchema.safeParse({ ...config, tlsCa: "x".repeat(400_001) }).success).toBe(false);
  });
});
