import { randomUUID } from "node:crypto";
import type { TablesType } from "@/lib/destinations/catalog";
import { makeServiceAccountKey, makeUserKey } from "@/testing/stack/keys";

/** A warehouse connection that doesn't work, with secrets to look for. */
export interface Planted {
  type: TablesType;
  config: Record<string, unknown>;
  /** New values for its secret fields. */
  make(): Record<string, string>;
}

/** Every kind of secret of every kind of warehouse. `server` is a PostgreSQL server that refuses them. */
export function plantedSecrets(server: URL): Planted[] {
  const postgres = { host: server.hostname, port: Number(server.port), tls: "disable", database: "d", username: "u" };
  const snowflake = { account: "myorg-planted", accessUrl: "https://snowflake.invalid", username: "u" };
  const session = { ...snowflake, warehouse: "W", database: "D" };
  const bigquery = { projectId: "my-project", dataset: "exports", apiEndpoint: "https://bigquery.invalid" };
  const password = () => ({ password: `planted-${randomUUID()}` });
  const keyPair = () => {
    const { privateKey, passphrase } = makeUserKey();
    return { privateKey, passphrase };
  };
  return [
    { type: "postgres", config: postgres, make: password },
    { type: "snowflake", config: { ...session, auth: "password" }, make: password },
    { type: "snowflake", config: session, make: keyPair },
    { type: "bigquery", config: bigquery, make: () => ({ serviceAccountKey: makeServiceAccountKey().file }) },
  ];
}

/** What to search for: for a key, one of its lines, because its line breaks are written in many ways. */
export const needleOf = (secret: string): string =>
  secret.includes("PRIVATE KEY") ? (/[A-Za-z0-9+/]{60,}/.exec(secret)?.[0] ?? "") : secret;
