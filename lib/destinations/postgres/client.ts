import { isIP } from "node:net";
import { Client, type ClientConfig } from "pg";
import { mayGoInClearText } from "../../net/clear-text";
import { resolveGuarded } from "../../net/resolve";
import type { Connected } from "../types";
import { refuseClearText } from "./clear-text";
import type { PostgresConfig, PostgresSecret } from "./schema";

export type PostgresConnection = Connected<PostgresConfig, PostgresSecret>;

/**
 * TLS modes as in libpq. verify-full checks the certificate against the configured name, not the resolved address. Every
 * mode sends the name: services with many databases on one address route connections by it. Source: Neon's documentation
 * of "Endpoint ID is not specified".
 */
export function tlsOf({ tls, tlsCa, host }: Pick<PostgresConfig, "tls" | "tlsCa" | "host">): ClientConfig["ssl"] {
  if (tls === "disable") return false;
  const ca = tlsCa === null ? {} : { ca: tlsCa };
  const name = isIP(host.replace(/^\[(.*)\]$/, "$1")) === 0 ? { servername: host } : {};
  if (tls === "require") return { ...name, rejectUnauthorized: false };
  if (tls === "verify-ca") return { ...ca, ...name, rejectUnauthorized: true, checkServerIdentity: () => undefined };
  return { ...ca, rejectUnauthorized: true, servername: host };
}

/**
 * Connects to a user-defined server at an address that the guard allows. Timeouts: 10 s to connect, none for
 * statements, because loading a large file takes as long as it takes.
 */
async function connectPostgres({ config, secret, organizationId }: PostgresConnection): Promise<Client> {
  const { host, port } = config;
  const address = await resolveGuarded(host, port, { purpose: "postgres", organizationId });
  const client = new Client({
    host: address,
    port,
    database: config.database,
    user: config.username,
    password: secret.password,
    ssl: tlsOf(config),
    application_name: "penstock",
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  // The next query reports a connection that broke while idle.
  client.on("error", () => {});
  const connected = client.connect();
  if (config.tls === "disable" && !mayGoInClearText({ host, address, port })) refuseClearText(client, host);
  await connected;
  return client;
}

/** Runs work on its own connection and closes it. */
export async function withPostgres<T>(
  connection: PostgresConnection,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = await connectPostgres(connection);
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * Limits of a transaction, whatever the role's or the server's are: a load takes as long as it takes (Supabase ends
 * statements after 2 minutes), another session's lock may be long but not endless, and a worker that freezes midway must
 * not block other commits. PostgreSQL 17 added `transaction_timeout`.
 */
export const LIMITS = `SELECT set_config(l.name, l.value, true) FROM (VALUES ('statement_timeout', '0'), ('transaction_timeout', '0'),
  ('lock_timeout', '15min'), ('idle_in_transaction_session_timeout', '60s')) AS l (name, value)
  WHERE EXISTS (SELECT FROM pg_settings s WHERE s.name = l.name)`;

/** Runs work in a transaction: all of it or nothing. */
export const inTransaction = <T>(client: Client, work: () => Promise<T>): Promise<T> =>
  within(client, `BEGIN; ${LIMITS}`, work);

/** Runs work in a transaction that begins with these statements. */
export async function within<T>(client: Client, begin: string, work: () => Promise<T>): Promise<T> {
  await client.query(begin);
  try {
    const result = await work();
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  }
}
