import { tmpdir } from "node:os";
import { join } from "node:path";
import { withSnowflake } from "@/lib/destinations/snowflake/client";
import { quote } from "@/lib/destinations/snowflake/names";
import {
  type SnowflakeConfig,
  snowflakeConfigSchema,
  snowflakeSecretSchema,
} from "@/lib/destinations/snowflake/schema";
import { STAGE } from "@/lib/destinations/snowflake/stage";
import { COMMITS } from "@/lib/destinations/warehouse/fence";
import { type Fakesnow, startFakesnow } from "@/testing/stack/fakesnow";
import { makeUserKey } from "@/testing/stack/keys";
import type { Row, TablesHarness } from "./harness";

const env = process.env;

/** The account of the environment's user key, or the stand-in. */
const real =
  env.SNOWFLAKE_ACCOUNT && env.SNOWFLAKE_USER && env.SNOWFLAKE_PRIVATE_KEY
    ? {
        account: env.SNOWFLAKE_ACCOUNT,
        username: env.SNOWFLAKE_USER,
        privateKey: env.SNOWFLAKE_PRIVATE_KEY,
        passphrase: env.SNOWFLAKE_PASSPHRASE ?? null,
        warehouse: env.SNOWFLAKE_WAREHOUSE ?? "PENSTOCK_WH",
        database: env.SNOWFLAKE_DATABASE ?? "PENSTOCK",
        schema: env.SNOWFLAKE_SCHEMA ?? "PUBLIC",
        role: env.SNOWFLAKE_ROLE ?? null,
      }
    : null;

let standIn: Fakesnow | null = null;
let connection: Record<string, unknown>;
let config: SnowflakeConfig;

async function openStandIn() {
  standIn = await startFakesnow(join(env.PENSTOCK_LOG_DIR ?? tmpdir(), "fakesnow.log"));
  return standIn.connection;
}

const ask = (sql: string) => {
  const secret = snowflakeSecretSchema.parse(connection);
  return withSnowflake({ config, secret, externalId: "" }, (session) => session.query(sql));
};

/** The driver's own date type, which has more than milliseconds. */
type Time = Date & { getNanoSeconds(): number };

/** As ISO-8601 in UTC with microseconds. */
const isoMicros = (time: Time) =>
  `${new Date(time.getTime()).toISOString().slice(0, 19)}.${String(Math.trunc(time.getNanoSeconds() / 1000)).padStart(6, "0")}Z`;

const asText = (value: unknown): string | null =>
  value == null ? null : value instanceof Date ? isoMicros(value as Time) : String(value);

/** Tables that the suite read: dropped at the end in a real account. */
const looked = new Set<string>();

async function rows(table: string): Promise<Row[]> {
  looked.add(table);
  const { rows: there } = await ask(
    `SELECT 1 AS ONE FROM ${quote(config.database)}.INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = '${table.toUpperCase()}'`,
  );
  if (there.length === 0) return [];
  const { rows: found } = await ask(`SELECT * FROM ${quote(table)}`);
  return found.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name.toLowerCase(), asText(value)])),
  );
}

async function leftovers(): Promise<string[]> {
  const { rows: files } = await ask(`LIST @${STAGE}`).catch(() => ({ rows: [] }));
  const { rows: tables } = await ask(
    `SELECT TABLE_NAME AS "name" FROM ${quote(config.database)}.INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME LIKE '%PENSTOCK%'`,
  );
  return [...files, ...tables].map(({ name }) => name ?? "").filter((name) => name !== COMMITS.toUpperCase());
}

/** The stand-in's launcher fails inserts while a table of this name exists. */
async function failingCommit(table: string): Promise<() => Promise<void>> {
  await ask(`CREATE TABLE ${quote(`${table}_fails`)} ("UUID" VARCHAR)`);
  return async () => {
    await ask(`DROP TABLE ${quote(`${table}_fails`)}`);
  };
}

/** Snowflake: the real one if its user's key is in the environment, otherwise fakesnow. */
export const snowflakeHarness: TablesHarness = {
  name: real ? "Snowflake" : "Snowflake (fakesnow, a stand-in)",
  isSampled: !real,
  holds: "tables",
  type: "snowflake",
  carriesNul: true,
  carriesBigIntegers: true,
  async open() {
    connection = real ?? (await openStandIn());
    config = snowflakeConfigSchema.parse(connection);
  },
  async close() {
    if (real) for (const table of looked) await ask(`DROP TABLE IF EXISTS ${quote(table)}`);
    await standIn?.stop();
  },
  destination: (table, commitMode) => ({ type: "snowflake", table, commitMode }),
  config: () => connection,
  rows,
  // Snowflake doesn't say whether these are missing or may not be used.
  holders: {},
  sql: async (statement) => {
    await ask(statement);
  },
  leftovers,
  async loseStaged(runId) {
    const staged = (await leftovers()).find((name) => name.includes(runId.replaceAll("-", "")));
    // LIST puts the stage's name first.
    if (staged) await ask(`REMOVE @${STAGE}/${staged.replace(/^[^/]*\//, "").replace(/[^/]*$/, "")}`);
  },
  quoted: quote,
  createWrong: (table) => `CREATE TABLE ${quote(table)} ("TIMESTAMP" VARCHAR)`,
  createOther: (table) =>
    `CREATE TABLE ${quote(table)} ("UUID" VARCHAR(36), "TEAM_ID" NUMBER(20,0), "TIMESTAMP" TIMESTAMP_TZ)`,
  createOld: (table) => `CREATE TABLE ${quote(table)} ("UUID" VARCHAR)`,
  wrongConfig: () => {
    const { privateKey, passphrase } = makeUserKey();
    return { privateKey, passphrase };
  },
  ...(!real && { failingCommit }),
};
