import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Fakesnow, startFakesnow } from "@/testing/stack/fakesnow";
import { withSnowflake } from "./client";
import { snowflakeFailure } from "./errors";
import { type SnowflakeConfig, snowflakeConfigSchema, snowflakeSecretSchema, snowflakeSettingsSchema } from "./schema";
import { verifySnowflake } from "./verify";

// The stand-in listens on the loopback, and needs nothing else of the stack.
vi.mock("../../env", () => ({ getEnv: () => ({ ALLOWED_PRIVATE_HOSTS: "127.0.0.1" }) }));

let fakesnow: Fakesnow;
beforeAll(async () => {
  fakesnow = await startFakesnow(join(process.env.PENSTOCK_LOG_DIR ?? tmpdir(), "fakesnow-alone.log"));
}, 120_000);
afterAll(() => fakesnow?.stop());

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
