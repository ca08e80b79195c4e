import { randomBytes, randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureIndexes } from "@/lib/destinations/postgres/ensure-indexes";
import { postgresConfigSchema, postgresSettingsSchema } from "@/lib/destinations/postgres/schema";
import { targetOf } from "@/lib/destinations/postgres/targets";
import { micros } from "@/lib/source/time";
import { databaseUrl, postgresHarness } from "@/testing/runs/destinations/postgres";
import { makeExportTo, runWindow } from "@/testing/runs/destinations/steps";
import { pastHour } from "@/testing/runs/exports";
import { insertPersons, personRow } from "@/testing/runs/persons";
import { openProject, type TestProject } from "@/testing/runs/project";
import { until } from "@/testing/runs/until";

const window = pastHour(1);
/** Incompressible, so too large for a B-tree. */
const LONG = randomBytes(2000).toString("hex");

let project: TestProject;
let client: Client;
beforeAll(async () => {
  await postgresHarness.open();
  project = await openProject();
  client = new Client({ connectionString: databaseUrl().href });
  await client.connect();
  const distinct_ids = [Buffer.from(LONG)];
  await insertPersons(project.sourceProjectId, [personRow(randomUUID(), 1, micros(window.start), { distinct_ids })]);
});
afterAll(async () => {
  await client.end();
  await project.close();
  await postgresHarness.close();
});

/** Penstock's indexes of a table, by purpose, and any others it has. */
async function indexesOn(table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT indexrelid::regclass::text AS name FROM pg_index WHERE indrelid = to_regclass($1) AND indisvalid",
    [`"${table}"`],
  );
  return rows.map(({ name }) => name.replace(/^(penstock_[a-z]+)_[0-9a-f]{16}$/, "$1")).toSorted();
}

const ALL = ["penstock_key", "penstock_person", "penstock_window"];

async function runPersons(table: string): Promise<void> {
  await runWindow(project, await makeExportTo(project, postgresHarness, { model: "persons", table }), window);
}

const idsIn = async (table: string) => (await postgresHarness.rows(table)).map((row) => row.distinct_id);

/** The table as the previous version made it, with an index that rejects long ids. */
async function makeFormer(table: string): Promise<void> {
  const { username } = postgresHarness.config();
  await client.query(
    `CREATE TABLE "${table}" (team_id bigint, distinct_id text, person_id text, properties jsonb, created_at timestamptz,
       version bigint, _export_id text, _run_id text, _interval_start timestamptz, _interval_end timestamptz, _exported_at timestamptz);
     CREATE INDEX "${table}_penstock_window" ON "${table}" USING brin (_export_id, _interval_start);
     CREATE INDEX "${table}_penstock_key" ON "${table}" (team_id, distinct_id);
     INSERT INTO "${table}" (team_id, distinct_id) VALUES (1, 'kept');
     ALTER TABLE "${table}" OWNER TO ${username}`,
  );
}

describe("indexes of a table in PostgreSQL", () => {
  it.each([4, 52, 53, 58, 63])("take ids of 4,000 characters into a table with a name of %s", async (length) => {
    const table = `t${length}`.padEnd(length, "x");
    for (const _ of [1, 2]) await runPersons(table);
    expect(await indexesOn(table)).toEqual(ALL);
    expect(await idsIn(table)).toEqual([LONG]);
  });

  it("of an earlier version are replaced where they hold ids whole, with the rows that are there", async () => {
    await makeFormer("former");
    await runPersons("former");
    expect(await indexesOn("former")).toEqual(["former_penstock_window", "penstock_key", "penstock_person"]);
    expect((await idsIn("former")).toSorted()).toEqual([LONG, "kept"].toSorted());
  });

  it("are made of a table that took the place of a renamed one", async () => {
    await runPersons("again");
    await client.query('ALTER TABLE again RENAME TO "again_2025"');
    await runPersons("again");
    expect([await indexesOn("again"), await indexesOn("again_2025")]).toEqual([ALL, ALL]);
  });

  it("are left alone on a table of another owner", async () => {
    await runPersons("anothers");
    await client.query(
      `ALTER TABLE anothers OWNER TO CURRENT_USER;
       GRANT SELECT, INSERT, UPDATE, DELETE ON anothers TO ${postgresHarness.config().username}`,
    );
    const { rows } = await client.query<{ name: string }>(
      "SELECT indexrelid::regclass::text AS name FROM pg_index WHERE indrelid = 'anothers'::regclass",
    );
    await client.query(`DROP INDEX ${rows.map(({ name }) => name).join(", ")}`);
    await runPersons("anothers");
    expect(await indexesOn("anothers")).toEqual([]);
    expect(await idsIn("anothers")).toEqual([LONG]);
  });

  it("hold up no run for longer than it waits, and are made all the same", async () => {
    await makeFormer("busy");
    await client.query("ALTER TABLE busy OWNER TO CURRENT_USER");
    const reader = new Client({ connectionString: databaseUrl().href });
    await reader.connect();
    // The server waits for transactions that may still see rows the index was begun without.
    await reader.query("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM busy");
    const builder = new Client({ connectionString: databaseUrl().href });
    await builder.connect();
    builder.on("error", () => {});
    const config = postgresConfigSchema.parse({ host: "h", database: "d", username: "u" });
    const target = targetOf(config, postgresSettingsSchema.parse({ type: "postgres", table: "busy" }), "persons");
    await ensureIndexes(builder, "public", target, 200);
    await builder.end();
    expect(await indexesOn("busy")).toContain("busy_penstock_key");
    await reader.query("COMMIT");
    await reader.end();
    await until("the server went on by itself", async () => (await indexesOn("busy")).includes("penstock_key"));
    await ensureIndexes(client, "public", target);
    expect(await indexesOn("busy")).toEqual(["busy_penstock_window", "penstock_key", "penstock_person"]);
  });
});
