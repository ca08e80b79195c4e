import { randomBytes, randomUUID } from "node:crypto";
import { Client } from "pg";
import { COMMITS } from "@/lib/destinations/warehouse/fence";
import type { Row, TablesHarness } from "./harness";

const server = () => new URL(process.env.DATABASE_URL ?? "");
const database = `warehouse_${randomBytes(6).toString("hex")}`;

async function ask<T extends object>(query: string, values: unknown[] = [], name = database): Promise<T[]> {
  const url = server();
  url.pathname = `/${name}`;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    return (await client.query<T>(query, values)).rows;
  } finally {
    await client.end();
  }
}

/** The harness's database, as its administrator. */
export function databaseUrl(): URL {
  const url = server();
  url.pathname = `/${database}`;
  return url;
}

const admin = (query: string) => ask(query, [], "postgres");

const address = () => {
  const { hostname, port } = server();
  return { host: hostname, port: Number(port), database, schema: "public", tls: "disable" };
};

async function makeUser(grants: string): Promise<{ username: string; password: string }> {
  const [username, password] = [`u_${randomBytes(6).toString("hex")}`, randomUUID()];
  await ask(`CREATE USER ${username} WITH PASSWORD '${password}'`);
  if (grants) await ask(grants.replaceAll("$user", username));
  return { username, password };
}

let writer: { username: string; password: string };

const unique = (what: string) => `${what}_${randomBytes(6).toString("hex")}`;

const holders: TablesHarness["holders"] = {
  database: async () => {
    const name = unique("warehouse");
    await admin(`CREATE DATABASE ${name}`);
    await ask(`GRANT USAGE, CREATE ON SCHEMA public TO ${writer.username}`, [], name);
    return { config: { database: name }, drop: async () => void (await admin(`DROP DATABASE ${name} WITH (FORCE)`)) };
  },
  // A schema takes its tables along, and is not reported apart from them.
  table: async () => {
    const schema = unique("s");
    await ask(`CREATE SCHEMA ${schema}; GRANT USAGE, CREATE ON SCHEMA ${schema} TO ${writer.username}`);
    return { config: { schema }, drop: async () => void (await ask(`DROP SCHEMA ${schema} CASCADE`)) };
  },
};

/** As ISO-8601 in UTC with microseconds; the tests' session is in UTC. */
const isoMicros = (text: string) => {
  const [, seconds = "", fraction = ""] = /^(.{19})(?:\.(\d+))?/.exec(text) ?? [];
  return `${seconds}.${fraction.padEnd(6, "0")}Z`;
};

/** Staging tables, excluding the table of commits and its index. */
async function leftovers(): Promise<string[]> {
  const found = await ask<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE starts_with(relname, '_penstock_') AND NOT starts_with(relname, $1)",
    [COMMITS],
  );
  return found.map(({ name }) => name);
}

/** A real PostgreSQL server, in a dedicated database. */
export const postgresHarness: TablesHarness = {
  name: "PostgreSQL",
  isSampled: false,
  holds: "tables",
  type: "postgres",
  carriesNul: false,
  carriesBigIntegers: true,
  async open() {
    await admin(`CREATE DATABASE ${database}`);
    writer = await makeUser("GRANT USAGE, CREATE ON SCHEMA public TO $user");
  },
  async close() {
    await admin(`DROP DATABASE ${database} WITH (FORCE)`);
  },
  destination: (table, commitMode) => ({ type: "postgres", table, commitMode }),
  config: () => ({ ...address(), ...writer }),
  async rows(table) {
    const [there] = await ask<{ there: boolean }>("SELECT to_regclass($1) IS NOT NULL AS there", [`"${table}"`]);
    if (!there?.there) return [];
    const columns = await ask<{ name: string; type: string }>(
      `SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
       WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`,
      [`"${table}"`],
    );
    const list = columns.map(({ name }) => `"${name}"::text AS "${name}"`).join(", ");
    const rows = await ask<Row>(`SELECT ${list} FROM "${table}"`);
    const times = columns.filter(({ type }) => type.startsWith("timestamp")).map(({ name }) => name);
    return rows.map((row) => ({
      ...row,
      ...Object.fromEntries(
        times.map((name) => [name, row[name] == null ? null : isoMicros(row[name].replace(" ", "T"))]),
      ),
    }));
  },
  holders,
  sql: async (statement) => {
    await ask(statement);
  },
  leftovers,
  async loseStaged(runId) {
    const staged = (await leftovers()).filter((name) => name.includes(runId.replaceAll("-", "")));
    for (const name of staged) await ask(`TRUNCATE "${name}"`);
  },
  quoted: (table) => `"${table}"`,
  createWrong: (table) =>
    `CREATE TABLE "${table}" ("timestamp" text); ALTER TABLE "${table}" OWNER TO ${writer.username}`,
  createOther: (table) =>
    `CREATE TABLE "${table}" (uuid uuid, event varchar(200), properties json, team_id numeric(20,0), distinct_id uuid);
     ALTER TABLE "${table}" OWNER TO ${writer.username}`,
  createOld: (table) => `CREATE TABLE "${table}" (uuid text); ALTER TABLE "${table}" OWNER TO ${writer.username}`,
  weak: {
    config: async () => ({ ...address(), ...(await makeUser("REVOKE CREATE ON SCHEMA public FROM PUBLIC")) }),
    missing: "GRANT",
  },
  wrongConfig: () => ({ password: "wrong" }),
  async failingCommit(table) {
    await ask(
      `CREATE FUNCTION "${table}_fail"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '40001'; END $$`,
    );
    await ask(`CREATE TRIGGER fail BEFORE INSERT ON "${table}" FOR EACH ROW EXECUTE FUNCTION "${table}_fail"()`);
    return async () => {
      await ask(`DROP TRIGGER fail ON "${table}"`);
    };
  },
};
