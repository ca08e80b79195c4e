import { pipeline } from "node:stream/promises";
import { Client } from "pg";
import { from } from "pg-copy-streams";
import { getSource } from "@/lib/source/client";
import { day } from "./rows";

export const DATABASE = "penstock_bench";
/** The table that Penstock fills, and the baseline's. */
export const OURS = "events";
export const PLAIN = "events_plain";

const COLUMNS =
  "uuid text, event text, properties jsonb, elements text, distinct_id text, team_id bigint, ip text, " +
  '"timestamp" timestamptz, person_properties jsonb, person_id text';

export const SELECT =
  "SELECT toString(uuid), event, properties, elements_chain, distinct_id, project_id, ip, " +
  "formatDateTime(timestamp, '%Y-%m-%dT%H:%i:%S.%fZ', 'UTC'), person_properties, toString(person_id) FROM events " +
  "WHERE project_id = {project:UInt32} AND inserted_at >= {start:DateTime64(3, 'UTC')} AND inserted_at < {end:DateTime64(3, 'UTC')} FORMAT CSV";

async function connected<T>(url: string, database: string, work: (client: Client) => Promise<T>): Promise<T> {
  const address = new URL(url);
  address.pathname = `/${database}`;
  const client = new Client({ connectionString: address.href });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Creates an empty database next to the ledger for the bench. Returns the settings of a connection. */
export async function databaseOf(url: string) {
  await connected(url, "postgres", async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${DATABASE}`);
  });
  const { hostname, port, username, password } = new URL(url);
  return {
    host: hostname,
    port: Number(port),
    database: DATABASE,
    username: decodeURIComponent(username),
    password: decodeURIComponent(password) || "none",
    tls: "disable",
  };
}

/**
 * Drops both tables and flushes the server's pending writes, so that each method fills an empty table and neither pays
 * for the other.
 */
export const startAfresh = (url: string): Promise<void> =>
  connected(url, DATABASE, async (client) => {
    await client.query(`DROP TABLE IF EXISTS ${OURS}, ${PLAIN}`);
    await client.query(`CREATE TABLE ${PLAIN} (${COLUMNS})`);
    await client.query("CHECKPOINT");
  });

/** Copies the day's rows from ClickHouse into an empty table and does nothing else. Returns the seconds it took. */
export const plainCopy = (url: string, sourceProjectId: number): Promise<number> =>
  connected(url, DATABASE, async (client) => {
    const started = performance.now();
    const { stream } = await getSource().plain.exec({
      query: SELECT,
      query_params: { project: sourceProjectId, start: day.start, end: day.end },
    });
    await pipeline(stream, client.query(from(`COPY ${PLAIN} FROM STDIN WITH (FORMAT csv, NULL '\\N')`)));
    return (performance.now() - started) / 1000;
  });
