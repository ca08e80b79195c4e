import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BigqueryClient } from "@/lib/destinations/bigquery/client";
import { runQuery } from "@/lib/destinations/bigquery/jobs";
import { type BigqueryConfig, bigqueryConfigSchema } from "@/lib/destinations/bigquery/schema";
import { createTable, deleteTable, getTable, listTables } from "@/lib/destinations/bigquery/tables";
import { COMMITS } from "@/lib/destinations/warehouse/fence";
import { type BqEmulator, startBqEmulator } from "@/testing/stack/bqemulator";
import { makeServiceAccountKey } from "@/testing/stack/keys";
import type { Row, TablesHarness } from "./harness";

const { BIGQUERY_KEY_JSON, BIGQUERY_PROJECT, BIGQUERY_DATASET, BIGQUERY_LOCATION } = process.env;

/** The project of the environment's key, or the stand-in. */
const real =
  BIGQUERY_KEY_JSON && BIGQUERY_PROJECT && BIGQUERY_DATASET && BIGQUERY_LOCATION
    ? {
        serviceAccountKey: BIGQUERY_KEY_JSON,
        projectId: BIGQUERY_PROJECT,
        dataset: BIGQUERY_DATASET,
        location: BIGQUERY_LOCATION,
      }
    : null;

let emulator: BqEmulator | null = null;
let connection: { serviceAccountKey: string } & Record<string, unknown>;
let config: BigqueryConfig;
let client: BigqueryClient;

async function openEmulator() {
  emulator = await startBqEmulator(join(process.env.PENSTOCK_LOG_DIR ?? tmpdir(), "bqemulator.log"));
  return emulator.connection;
}

async function open(): Promise<void> {
  connection = real ?? (await openEmulator());
  config = bigqueryConfigSchema.parse(connection);
  const { serviceAccountKey } = connection;
  client = new BigqueryClient({ config, secret: { serviceAccountKey }, externalId: "" });
  before = await listTables(client, "");
}

const quoted = (table: string) => `\`${config.projectId}.${config.dataset}.${table}\``;

/** Selects a column in the form the suite compares. */
function asText({ name, type }: { name: string; type: string }): string {
  if (type === "JSON") return `TO_JSON_STRING(\`${name}\`) AS \`${name}\``;
  if (type === "TIMESTAMP") return `FORMAT_TIMESTAMP('%Y-%m-%dT%H:%M:%E6SZ', \`${name}\`) AS \`${name}\``;
  return `CAST(\`${name}\` AS STRING) AS \`${name}\``;
}

interface Result {
  schema?: { fields?: { name: string; type: string }[] };
  rows?: { f: { v: string | null }[] }[];
}

async function ask(sql: string) {
  const { jobReference } = await runQuery(client, { sql });
  const query = { location: config.location };
  const found = await client.call<Result>({ method: "GET", path: `/queries/${jobReference.jobId}`, query });
  return { fields: found.schema?.fields ?? [], rows: found.rows ?? [] };
}

async function rows(table: string): Promise<Row[]> {
  if (!(await getTable(client, table))) return [];
  // The stand-in's table description omits columns that were added.
  const { fields } = await ask(`SELECT * FROM ${quoted(table)} LIMIT 0`);
  const found = await ask(`SELECT ${fields.map(asText).join(", ")} FROM ${quoted(table)}`);
  return found.rows.map(({ f }) => Object.fromEntries(fields.map(({ name }, at) => [name, f[at]?.v ?? null])));
}

/** Tables that existed before the suite, anyone's. */
let before: string[] = [];

/** Drops the suite's tables, recognized by name. */
async function dropMade(): Promise<void> {
  const made = (await listTables(client, "")).filter((table) => /^(t|shared)_[0-9a-f]{8}/.test(table));
  for (const table of made.filter((each) => !before.includes(each))) await deleteTable(client, table);
}

/** A dataset of its own. */
async function makeDataset() {
  const datasetId = `d_${randomBytes(6).toString("hex")}`;
  const { projectId, location } = config;
  const body = { datasetReference: { projectId, datasetId }, location };
  await client.call({ method: "POST", path: "/datasets", body });
  const drop = async () => {
    await client.call({ method: "DELETE", path: `/datasets/${datasetId}`, query: { deleteContents: "true" } });
  };
  return { config: { dataset: datasetId }, drop };
}

const leftovers = async () => (await listTables(client, "_penstock_")).filter((name) => name !== COMMITS);

/** The stand-in's launcher fails inserts while a table of this name exists. */
async function failingCommit(table: string): Promise<() => Promise<void>> {
  await createTable(client, `${table}_fails`, { schema: { fields: [{ name: "uuid", type: "STRING" }] } });
  return () => deleteTable(client, `${table}_fails`);
}

/** BigQuery: the real one if its key is in the environment, otherwise bqemulator. */
export const bigqueryHarness: TablesHarness = {
  name: real ? "BigQuery" : "BigQuery (bqemulator, a stand-in)",
  isSampled: !real,
  holds: "tables",
  type: "bigquery",
  carriesNul: true,
  carriesBigIntegers: true,
  open,
  async close() {
    if (real) await dropMade();
    client?.close();
    await emulator?.stop();
  },
  destination: (table, commitMode) => ({ type: "bigquery", table, commitMode }),
  config: () => connection,
  rows,
  holders: { dataset: makeDataset },
  sql: async (statement) => {
    await runQuery(client, { sql: statement });
  },
  leftovers,
  async loseStaged(runId) {
    const staged = (await leftovers()).filter((name) => name.includes(runId.replaceAll("-", "")));
    for (const name of staged) await deleteTable(client, name);
  },
  quoted,
  createWrong: (table) => `CREATE TABLE ${quoted(table)} (timestamp STRING)`,
  createOther: (table) => `CREATE TABLE ${quoted(table)} (uuid STRING, properties STRING, team_id NUMERIC)`,
  createOld: (table) => `CREATE TABLE ${quoted(table)} (uuid STRING)`,
  wrongConfig: () => ({ serviceAccountKey: makeServiceAccountKey().file }),
  ...(!real && { failingCommit }),
};
