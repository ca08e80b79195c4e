import { randomBytes, randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { VerifyStep } from "@/lib/fields/verification";
import type { Asked } from "../types";
import { type PostgresSettings, postgresConfigSchema, postgresSettingsSchema } from "./schema";
import { createTarget } from "./sql";
import { targetOf } from "./targets";
import { verifyPostgres } from "./verify";

const server = () => new URL(process.env.DATABASE_URL ?? "");
const unique = (what: string) => `${what}_${randomBytes(6).toString("hex")}`;
const [username, password] = [unique("writer"), randomUUID()];
const databases: string[] = [];

async function ask(database: string, query: string): Promise<void> {
  const url = server();
  url.pathname = `/${database}`;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  await client.query(query).finally(() => client.end());
}

/** A database in which the user may create tables. */
async function makeDatabase(encoding = "UTF8"): Promise<string> {
  const name = unique("verify");
  databases.push(name);
  await ask("postgres", `CREATE DATABASE ${name} ENCODING '${encoding}' TEMPLATE template0 LOCALE 'C'`);
  await ask(name, `GRANT USAGE, CREATE ON SCHEMA public TO ${username}`);
  return name;
}

const configOf = (database: string) => {
  const { hostname: host, port } = server();
  return postgresConfigSchema.parse({ host, port: Number(port), database, username, tls: "disable" });
};

const settings = (table: string) => postgresSettingsSchema.parse({ type: "postgres", table });
const exportTo = (table: string): Asked<PostgresSettings> => ({ model: "events", destination: settings(table) });

const verify = (database: string, asked: Asked<PostgresSettings>[] = []) =>
  verifyPostgres({ config: configOf(database), secret: { password }, externalId: "" }, asked);

async function stepOf(database: string, name: string, asked?: Asked<PostgresSettings>[]): Promise<VerifyStep> {
  const { steps } = await verify(database, asked);
  const step = steps.find((each) => each.name === name);
  expect(step, name).toBeDefined();
  return step!;
}

/** A table as Penstock creates it, but owned by another user. */
const makeForeign = (database: string, table: string, change: string) =>
  ask(
    database,
    `${createTarget(...targetArguments(database, table))}; ${change.replaceAll("$table", table)};
     GRANT SELECT, INSERT, DELETE ON ${table} TO ${username}`,
  );

function targetArguments(database: string, table: string): Parameters<typeof createTarget> {
  const target = targetOf(configOf(database), settings(table), "events");
  return [target.name, target.table];
}

let database: string;
beforeAll(async () => {
  await ask("postgres", `CREATE USER ${username} WITH PASSWORD '${password}'`);
  database = await makeDatabase();
});
afterAll(async () => {
  for (const name of databases) await ask("postgres", `DROP DATABASE ${name} WITH (FORCE)`);
  await ask("postgres", `DROP USER ${username}`);
});

describe("verifying a database", () => {
  it.each(["LATIN1", "SQL_ASCII"])("in %s fails, and says how to make one in UTF8", async (encoding) => {
    const name = await makeDatabase(encoding);
    expect(await stepOf(name, "Encoding")).toMatchObject({
      status: "failed",
      message: expect.stringContaining(`has the encoding ${encoding}`),
      fix: expect.stringMatching(/CREATE DATABASE "verify_\w+" ENCODING 'UTF8'.*, then verify again\.$/),
    });
  });

  it("in UTF8 with no tables passes, and says that the first run makes them", async () => {
    const { ok, steps } = await verify(await makeDatabase());
    expect(steps.filter(({ status }) => status !== "passed")).toEqual([]);
    expect(ok).toBe(true);
    expect(steps.filter(({ name }) => name.startsWith("Table ")).map(({ name }) => name)).toEqual([
      "Table events",
      "Table persons",
      "Table merged_ids",
    ]);
  });
});

// "Setting Parameters" in PostgreSQL's documentation: a role's settings override the server's at sign-in.
it("verifying a user whose sessions are read-only says so, with the statement that changes it", async () => {
  await ask("postgres", `ALTER ROLE ${username} SET default_transaction_read_only = on`);
  const failed = await stepOf(database, "Writes");
  expect(failed).toMatchObject({ status: "failed", message: expect.stringContaining("are read-only") });
  expect(failed.fix).toMatch(/, then verify again\.$/);
  await ask("postgres", failed.statement!);
  expect((await verify(database)).ok).toBe(true);
});

describe("verifying tables that are there", () => {
  it("finds columns of other types before any run does, also where no export is there yet", async () => {
    const name = await makeDatabase();
    await makeForeign(
      name,
      "events",
      "ALTER TABLE $table ALTER elements TYPE jsonb USING NULL, ALTER team_id TYPE integer",
    );
    const failed = await stepOf(name, "Table events");
    expect(failed).toMatchObject({
      status: "failed",
      message:
        "The column elements of events is jsonb, but must be text. The column team_id of events is integer, but must be bigint.",
      fix: expect.stringMatching(
        /^Run the statement as \w+, or choose another table in the export, then verify again\.$/,
      ),
    });
    await ask(name, failed.statement!);
    expect(await stepOf(name, "Table events")).toMatchObject({ status: "passed" });
  });

  it.each<[string, string, RegExp]>([
    ["lacks columns", "ALTER TABLE $table DROP _run_id, DROP site_url", /doesn't have the columns site_url, _run_id/],
    ["has columns of its own", "ALTER TABLE $table ADD tenant text NOT NULL", /tenant of \w+ requires a value/],
    [
      "has an identity",
      "ALTER TABLE $table ALTER team_id SET NOT NULL, ALTER team_id ADD GENERATED ALWAYS AS IDENTITY",
      /generates/,
    ],
    [
      "generates a column",
      "ALTER TABLE $table DROP ip, ADD ip text GENERATED ALWAYS AS (distinct_id) STORED",
      /generates/,
    ],
    ["does not allow NULL", "ALTER TABLE $table ALTER set SET NOT NULL", /set of \w+ doesn't allow NULL/],
    ["hides its rows", "ALTER TABLE $table ENABLE ROW LEVEL SECURITY", /can hide rows from the user writer_/],
    [
      "restricts who sees its rows",
      "ALTER TABLE $table ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON $table AS RESTRICTIVE USING (team_id = 1)",
      /can hide rows/,
    ],
  ])("finds one of another owner's that %s, with the statement that mends it", async (_, change, message) => {
    const table = unique("t");
    await makeForeign(database, table, change);
    const asked = [exportTo(table)];
    const failed = await stepOf(database, `Table ${table}`, asked);
    expect(failed).toMatchObject({ status: "failed", message: expect.stringMatching(message) });
    await ask(database, failed.statement!);
    expect(await stepOf(database, `Table ${table}`, asked)).toMatchObject({ status: "passed" });
  });

  it.each(["SELECT", "INSERT", "DELETE"])("finds one that the user may not %s, with the grant", async (right) => {
    const table = unique("t");
    await makeForeign(database, table, "SELECT 1");
    await ask(database, `REVOKE ${right} ON ${table} FROM ${username}`);
    const asked = [exportTo(table)];
    const failed = await stepOf(database, `Table ${table}`, asked);
    expect(failed).toMatchObject({
      status: "failed",
      statement: expect.stringMatching(/^GRANT SELECT, INSERT, DELETE/),
    });
    await ask(database, failed.statement!);
    expect(await stepOf(database, `Table ${table}`, asked)).toMatchObject({ status: "passed" });
  });

  it("lets a table be that no export fills", async () => {
    const name = await makeDatabase();
    await ask(name, "CREATE TABLE persons (id int PRIMARY KEY)");
    expect((await verify(name, [exportTo("events")])).ok).toBe(true);
    expect((await verify(name)).ok).toBe(false);
  });
});
