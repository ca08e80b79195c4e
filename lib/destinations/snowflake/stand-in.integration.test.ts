import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Fakesnow, startFakesnow } from "@/testing/stack/fakesnow";
import { withSnowflake } from "./client";
import { snowflakeFailure } from "./errors";
import { type SnowflakeConfig, snowflakeConfigSchema, snowflakeSecretSchema, snowflakeSettingsSchema } from "./schema";
import { bound, countRun, countUnparsed, createStaging, deleteWindow, insertFrom, ownValues, rowsOf } from "./sql";
import { ensureTarget, targetOf } from "./targets";
import { verifySnowflake } from "./verify";

// The stand-in listens on the loopback, and needs nothing else of the stack.
vi.mock("../../env", () => ({ getEnv: () => ({ ALLOWED_PRIVATE_HOSTS: "127.0.0.1" }) }));

let fakesnow: Fakesnow;
beforeAll(async () => {
  fakesnow = await startFakesnow(join(process.env.PENSTOCK_LOG_DIR ?? tmpdir(), "fakesnow-alone.log"));
}, 120_000);
afterAll(() => fakesnow?.stop());

const OWN = { exportId: "e", runId: "r", start: bound(new Date(0)), end: bound(new Date(1)), exportedAt: "2026-01-01" };

const connectionOf = (more: Partial<SnowflakeConfig> = {}) => ({
  config: snowflakeConfigSchema.parse({ ...fakesnow.connection, ...more }),
  secret: snowflakeSecretSchema.parse(fakesnow.connection),
  externalId: "",
});

const verified = async (more: Partial<SnowflakeConfig> = {}, settings: object[] = []) => {
  const parsed = settings.map((each) => snowflakeSettingsSchema.parse({ type: "snowflake", ...each }));
  const { steps } = await verifySnowflake(connectionOf(more), parsed);
  return steps.filter(({ status }) => status !== "passed");
};

describe("signing in", () => {
  const signIn = (auth: "token" | "password", value: string) => {
    const config = snowflakeConfigSchema.parse({ ...fakesnow.connection, auth });
    const secret = snowflakeSecretSchema.parse({ [auth]: value });
    return withSnowflake({ config, secret, externalId: "" }, (session) => session.query('SELECT 1 AS "ONE"')).then(
      ({ rows }) => rows,
      (error) => snowflakeFailure(error, config).failure,
    );
  };

  // https://docs.snowflake.com/en/user-guide/programmatic-access-tokens, and for passwords
  // https://docs.snowflake.com/en/user-guide/security-mfa-rollout
  it("takes a programmatic access token, and no password", async () => {
    expect(await signIn("token", fakesnow.token)).toEqual([{ ONE: "1" }]);
    expect(await signIn("token", "another")).toMatchObject({ code: "bad_credentials", retryable: false });
    expect(await signIn("password", "any")).toMatchObject({ code: "bad_credentials", retryable: false });
  });
});

// https://docs.snowflake.com/en/sql-reference/parameters#timestamp-input-format: an account may set another format, in
// which the times of windows are no times. The stand-in's account has one.
it("reads and writes times whatever format the account sets", async () => {
  expect(await verified()).toEqual([]);
});

// https://docs.snowflake.com/en/user-guide/security-access-control-privileges#stage-privileges
it("names the grant if another role has created the stage", async () => {
  const place = { database: "OF_ROLES" };
  expect(await verified({ ...place, role: "FIRST" })).toEqual([]);
  const [failed] = await verified({ ...place, role: "SECOND" });
  const grant = 'GRANT READ, WRITE ON STAGE "OF_ROLES"."PUBLIC"."PENSTOCK_STAGE" TO ROLE "SECOND";';
  expect(failed).toMatchObject({ name: "Create table", status: "failed", fix: expect.stringContaining(grant) });
  await withSnowflake(connectionOf({ ...place, role: "FIRST" }), (session) => session.query(grant));
  expect(await verified({ ...place, role: "SECOND" })).toEqual([]);
});

// https://docs.snowflake.com/en/sql-reference/identifiers-syntax: a name without quotes is stored in upper case.
it("finds databases and schemas with lowercase letters by their names in quotes", async () => {
  expect(await verified({ database: '"product_data"', schema: '"Events"' }, [{ table: "t" }])).toEqual([]);
  const missed = await verified({ database: '"product_data"', schema: '"events"' });
  expect(missed[0]).toMatchObject({ status: "failed", fix: expect.stringContaining('SCHEMA "product_data"."events"') });
});

// PostHog's table, as https://github.com/PostHog/posthog/blob/master/posthog/temporal/batch_exports/snowflake_batch_export.py
// makes it. Names in quotes find no other spelling.
it("fills a table that PostHog has made, and one that Penstock makes with its names", async () => {
  const settings = snowflakeSettingsSchema.parse({ type: "snowflake", table: "ph_{table_name}", names: "posthog" });
  const connection = connectionOf();
  const { config } = connection;
  const target = targetOf(config, settings, "events");
  const found = await withSnowflake(connection, async (session) => {
    await session.query(
      `CREATE TABLE ${target.name} ("uuid" STRING, "event" STRING, "properties" VARIANT, "elements" VARIANT, "people_set" VARIANT, ` +
        `"people_set_once" VARIANT, "distinct_id" STRING, "team_id" INTEGER, "ip" STRING, "site_url" STRING, "timestamp" TIMESTAMP)`,
    );
    for (let time = 0; time < 2; time += 1) await ensureTarget(session, config, target);
    await session.query(createStaging('"STAGED"', target.table));
    await session.query(`INSERT INTO "STAGED" ("UUID", "ELEMENTS", "SET") SELECT 'u', 'a:href="x"', '{"plan":"pro"}'`);
    await session.query(deleteWindow(target), [OWN.exportId, OWN.start, OWN.end]);
    await session.query(insertFrom(target, rowsOf('"STAGED"', target)), ownValues(OWN));
    expect((await session.query(countRun(target), [OWN.exportId, OWN.runId])).rows).toEqual([{ ROWS: "1" }]);
    return session.query(`SELECT "people_set", "elements", "_run_id" FROM ${target.name}`);
  });
  expect(found.rows).toEqual([
    { people_set: '{"plan":"pro"}', elements: expect.stringContaining("href"), _run_id: "r" },
  ]);
  expect(await verified({}, [settings])).toEqual([]);
});

// https://docs.snowflake.com/en/sql-reference/functions/try_parse_json: PARSE_JSON fails the statement, and with it every
// later run of the window; TRY_PARSE_JSON gives NULL.
it("keeps what it can't parse as a JSON string, and counts it", async () => {
  const connection = connectionOf();
  const target = targetOf(
    connection.config,
    snowflakeSettingsSchema.parse({ type: "snowflake", table: "odd" }),
    "events",
  );
  const { rows } = await withSnowflake(connection, async (session) => {
    await ensureTarget(session, connection.config, target);
    await session.query(createStaging('"STAGED"', target.table));
    await session.query(
      `INSERT INTO "STAGED" ("UUID", "PROPERTIES", "SET") SELECT 'a', '{"a":1}', NULL UNION ALL SELECT 'b', '{"a":', 'null'`,
    );
    const counted = await session.query(countUnparsed('"STAGED"', target.table)!);
    expect(counted.rows).toEqual([{ PROPERTIES: "1", SET: "0", SET_ONCE: "0", PERSON_PROPERTIES: "0" }]);
    await session.query(insertFrom(target, '"STAGED"'), ownValues({ ...OWN, exportId: "odd" }));
    return session.query(`SELECT "UUID", "PROPERTIES" FROM ${target.name} ORDER BY 1`);
  });
  expect(rows.map(({ UUID, PROPERTIES }) => [UUID, PROPERTIES])).toEqual([
    ["a", '{"a":1}'],
    ["b", JSON.stringify('{"a":')],
  ]);
});
