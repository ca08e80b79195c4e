import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { eq } from "drizzle-orm";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { runFiles } from "@/lib/db/schema";
import { postgresSettingsSchema } from "@/lib/destinations/postgres/schema";
import { openDestination } from "@/lib/destinations/registry";
import { RowRefused } from "@/lib/destinations/warehouse/row-refused";
import { splitConfig } from "@/lib/services/connections/split";
import { getSource } from "@/lib/source/client";
import { micros } from "@/lib/source/time";
import { databaseUrl, postgresHarness } from "@/testing/runs/destinations/postgres";
import { commit, makeExportTo, makeRun, plan, putFiles, runWindow } from "@/testing/runs/destinations/steps";
import { type EventRow, eventRow, insertEvents } from "@/testing/runs/events";
import { pastHour } from "@/testing/runs/exports";
import { insertPersons, personRow } from "@/testing/runs/persons";
import { openProject, type TestProject } from "@/testing/runs/project";
import { runTag } from "@/testing/runs/run-tag";
import { until } from "@/testing/runs/until";
import { nameRefused } from "@/worker/steps/files/name-refused";
import { extractOf, loadRun, tablesOf } from "@/worker/steps/load";

const window = pastHour(1);
const ROWS = 3000;
const LONG_NAME = "an event's name that is too long";

let project: TestProject;
let rows: EventRow[];
const bad = () => rows[1234]!;
beforeAll(async () => {
  await postgresHarness.open();
  project = await openProject();
  rows = Array.from({ length: ROWS }, (_, n) =>
    eventRow(micros(window.start) + n, n === 1234 ? { event: Buffer.from(LONG_NAME) } : {}),
  );
  await insertEvents(project.sourceProjectId, rows);
});
afterAll(async () => {
  await project.close();
  await postgresHarness.close();
});

const user = () => postgresHarness.config().username as string;
const make = async (table: string, columns: string) => {
  await postgresHarness.sql(`CREATE TABLE "${table}" (${columns}); ALTER TABLE "${table}" OWNER TO ${user()}`);
  return makeExportTo(project, postgresHarness, { table });
};
const connectAdmin = () => new Client({ connectionString: databaseUrl().href });
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error) => error.failure as { code: string; message: string; fix: string; retryable: boolean },
  );

describe("a row that a table refuses is named with its column", () => {
  it.each([
    ["too_long", "event varchar(20)", "A value is longer than the column event allows (22001)"],
    [
      "against_rule",
      `event text, CONSTRAINT short CHECK (length(event) < 20)`,
      "A row violates the constraint short of the table (23514)",
    ],
  ])("by the commit: %s", async (table, columns, sentence) => {
    const exported = await make(table, columns);
    const failure = await failureOf(runWindow(project, exported, window));
    expect(failure?.message).toBe(`${sentence}: see the row whose uuid is ${bad().uuid}.`);
    expect(failure?.retryable).toBe(false);
    expect(JSON.stringify(failure)).not.toContain(LONG_NAME);
    expect(await postgresHarness.rows(table)).toEqual([]);
  });

  it("by the commit of persons: an id that is no UUID for a column of UUIDs", async () => {
    const [good, wrong] = [randomUUID(), randomUUID()];
    const at = micros(window.start);
    await insertPersons(project.sourceProjectId, [
      personRow(good, 1, at, { distinct_ids: [Buffer.from(good)] }),
      personRow(wrong, 1, at + 1, { distinct_ids: [Buffer.from("no uuid")] }),
    ]);
    await postgresHarness.sql(`CREATE TABLE uuids (distinct_id uuid); ALTER TABLE uuids OWNER TO ${user()}`);
    const exported = await makeExportTo(project, postgresHarness, { model: "persons", table: "uuids" });
    const failure = await failureOf(runWindow(project, exported, window));
    expect(failure?.message).toContain("the column distinct_id");
    expect(failure?.message).toContain(`whose person_id is ${wrong}.`);
  });

  it("by a COPY, whose row the source finds by its place", async () => {
    const exported = await makeExportTo(project, postgresHarness, { table: "by_place" });
    const id = await makeRun(project, exported, window);
    await plan(id);
    const [file] = await getDb().select().from(runFiles).where(eq(runFiles.runId, id));
    const loaded = await loadRun(getDb(), id);
    const written = await extractOf(getDb(), loaded, tablesOf(loaded)[0]!);
    const refused = { code: "warehouse_refused", message: "No.", fix: null, retryable: false };
    const error = new RowRefused(refused, 1235, { cause: null });
    const named = nameRefused(getSource(), error, written, file!.bounds, AbortSignal.timeout(10_000));
    await expect(named).rejects.toMatchObject({ failure: { message: `No: see the row whose uuid is ${bad().uuid}.` } });
  });

  it("by a COPY: line and column are the server's own", async () => {
    const settings = postgresSettingsSchema.parse({ type: "postgres", table: "copied" });
    const { config, secret } = splitConfig("postgres", postgresHarness.config());
    const to = openDestination({ type: "postgres", config, secret, externalId: "" }, settings, runTag("copied"));
    await to.prepare(["persons"], async () => new Set());
    const body = Readable.from([copyRow('{"n":1}'), copyRow('{"secret":')], { objectMode: false });
    const file = { key: "run/persons-0.copy", table: "persons", contentType: "application/octet-stream", body };
    const error = await to.putFile(file, AbortSignal.timeout(30_000)).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(RowRefused);
    expect(error).toMatchObject({ line: 2, failure: { code: "warehouse_refused", retryable: false } });
    expect(error.failure.message).toContain("the column properties");
    expect(JSON.stringify(error.failure)).not.toContain("secret");
    await to.abort();
    await to.close();
  });
});

/** A person's row in binary COPY format, with nothing but its properties. */
function copyRow(properties: string): Buffer {
  const empty = Buffer.from("ffffffff", "hex");
  const json = Buffer.concat([Buffer.from([1]), Buffer.from(properties)]);
  const length = Buffer.alloc(4);
  length.writeInt32BE(json.length);
  return Buffer.concat([Buffer.from([0, 8]), empty, empty, empty, length, json, empty, empty, empty, empty]);
}

describe("what no second try can mend ends a run at once, with a fix", () => {
  it.each([
    ["not_null", "event text, note text NOT NULL", "the column note", 'ALTER COLUMN "note" DROP NOT NULL'],
    ["generated", "event text GENERATED ALWAYS AS ('x') STORED", "the column event", "DROP EXPRESSION"],
  ])("%s", async (table, columns, sentence, fix) => {
    const failure = await failureOf(runWindow(project, await make(table, columns), window));
    expect(failure).toMatchObject({ code: "warehouse_refused", retryable: false });
    expect(failure?.message).toContain(sentence);
    expect(failure?.fix).toContain(fix);
  });

  it("a view in the table's place", async () => {
    await postgresHarness.sql(`CREATE VIEW seen AS SELECT 'x' AS event; ALTER VIEW seen OWNER TO ${user()}`);
    const exported = await makeExportTo(project, postgresHarness, { table: "seen" });
    const failure = await failureOf(runWindow(project, exported, window));
    expect(failure).toMatchObject({ code: "warehouse_refused", retryable: false });
    expect(failure?.message).toContain("isn't a table that accepts rows");
  });

  it("a publication for all tables, of a table that has no replica identity", async () => {
    const [theirs, ours] = [
      await make("theirs", "event text"),
      await makeExportTo(project, postgresHarness, { table: "ours" }),
    ];
    // As Debezium makes it by default.
    await postgresHarness.sql("CREATE PUBLICATION everything FOR ALL TABLES");
    try {
      await runWindow(project, ours, window);
      await runWindow(project, ours, window);
      const failure = await failureOf(runWindow(project, theirs, window));
      expect(failure).toMatchObject({ code: "warehouse_refused", retryable: false });
      expect(failure?.fix).toContain('ALTER TABLE "public"."theirs" REPLICA IDENTITY FULL');
      await postgresHarness.sql('ALTER TABLE "theirs" REPLICA IDENTITY FULL');
      await runWindow(project, await makeExportTo(project, postgresHarness, { table: "theirs" }), window);
    } finally {
      await postgresHarness.sql("DROP PUBLICATION everything");
    }
  });
});

describe("what passes is tried again, or waited for", () => {
  it("a server that is read-only, as after a failover", async () => {
    const exported = await makeExportTo(project, postgresHarness, { table: "read_only" });
    await postgresHarness.sql(`ALTER ROLE ${user()} SET default_transaction_read_only = on`);
    const failure = await failureOf(runWindow(project, exported, window));
    await postgresHarness.sql(`ALTER ROLE ${user()} RESET default_transaction_read_only`);
    expect(failure).toMatchObject({ code: "warehouse_refused", retryable: true });
    expect(failure?.fix).toContain("the primary server's address");
  });

  it("a lock, for longer than the role's own limit of a statement", async () => {
    const exported = await makeExportTo(project, postgresHarness, { table: "slow" });
    const id = await makeRun(project, exported, window);
    await plan(id);
    await putFiles(id);
    // A transaction sees one moment of the activity, so another session watches.
    const [holder, watcher] = [connectAdmin(), connectAdmin()];
    await Promise.all([holder.connect(), watcher.connect()]);
    await holder.query("BEGIN; LOCK TABLE slow IN ACCESS EXCLUSIVE MODE");
    // Supabase sets 2 minutes for its roles.
    await postgresHarness.sql(`ALTER ROLE ${user()} SET statement_timeout = '200ms'`);
    const committed = failureOf(commit(id));
    await until("the commit had waited for longer than that", async () => {
      const { rows } = await watcher.query<{ waits: boolean }>(
        `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE usename = $1 AND wait_event_type = 'Lock'
          AND clock_timestamp() - query_start > interval '500 milliseconds') AS waits`,
        [user()],
      );
      return rows[0]?.waits;
    });
    await holder.query("COMMIT");
    expect(await committed).toBeNull();
    await postgresHarness.sql(`ALTER ROLE ${user()} RESET statement_timeout`);
    await Promise.all([holder.end(), watcher.end()]);
    expect(await postgresHarness.rows("slow")).toHaveLength(ROWS);
  });
});
