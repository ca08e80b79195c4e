import { describe, expect, it } from "vitest";
import { addressRefused } from "../../net/guard";
import { snowflakeFailure } from "./errors";
import { snowflakeConfigSchema } from "./schema";
import { snowflakeScript } from "./script";

const config = snowflakeConfigSchema.parse({
  account: "myorg-acc",
  username: "penstock",
  role: "loader",
  warehouse: "wh",
  database: "db",
  schema: "sch",
});

const thrown = (code: string | number, more: object = {}) =>
  Object.assign(new Error("secret value"), { code, ...more });
const failure = (error: unknown) => snowflakeFailure(error, config).failure;

describe("snowflakeFailure", () => {
  it.each([
    ["390100", {}, "bad_credentials"],
    ["390144", {}, "bad_credentials"],
    ["394304", {}, "bad_credentials"],
    ["394400", {}, "bad_credentials"],
    ["394507", {}, "bad_credentials"],
    ["390999", {}, "bad_credentials"],
    ["390422", {}, "address_not_allowed"],
    ["390432", {}, "address_not_allowed"],
    ["390189", {}, "missing_permission"],
    ["003001", { sqlState: "42501" }, "missing_permission"],
    ["000606", { sqlState: "57P03" }, "missing_warehouse"],
    ["000607", { sqlState: "57P03" }, "warehouse_suspended"],
    ["090073", { sqlState: "22000" }, "quota_exceeded"],
    ["090105", {}, "missing_database"],
    ["090106", {}, "missing_schema"],
    [
      "002003",
      { message: "SQL compilation error:\nDatabase 'X' does not exist or not authorized." },
      "missing_database",
    ],
    ["002003", { message: "SQL compilation error:\nSchema 'X.Y' does not exist or not authorized." }, "missing_schema"],
    ["002003", { message: "Object 'X' does not exist or not authorized." }, "missing_permission"],
    ["002003", { message: "Table 'X' does not exist or not authorized." }, "missing_table"],
    ["091016", { sqlState: "22000" }, "staging_lost"],
    ["100038", { sqlState: "22018" }, "load_refused"],
    ["001003", { sqlState: "42000" }, "warehouse_refused"],
    [401002, { response: { status: 404 } }, "wrong_account"],
    ["CERT_HAS_EXPIRED", {}, "tls_error"],
  ])("%s %o is final: %s", (code, more, expected) => {
    expect(failure(thrown(code, more))).toMatchObject({ code: expected, retryable: false, fix: expect.any(String) });
  });

  it.each([
    ["000604", { sqlState: "57014" }, "warehouse_busy"],
    ["000625", { sqlState: "57014" }, "warehouse_busy"],
    ["000630", { sqlState: "57014" }, "warehouse_busy"],
    ["300005", { sqlState: "XX000" }, "warehouse_busy"],
    ["390112", {}, "warehouse_busy"],
    [401002, { response: { status: 503 } }, "warehouse_busy"],
    [401002, { response: { statusCode: 429 } }, "warehouse_busy"],
    [401001, { cause: { code: "ECONNREFUSED" } }, "unreachable"],
    [407002, {}, "unreachable"],
    ["ENOTFOUND", {}, "unreachable"],
    ["ETIMEDOUT", {}, "unreachable"],
  ])("%s %o may pass: %s", (code, more, expected) => {
    expect(failure(thrown(code, more))).toMatchObject({ code: expected, retryable: true });
  });

  it("repeats nothing of what Snowflake says, and finds what the guard refused", () => {
    for (const code of ["100038", "001003", "000604", 401001])
      expect(failure(thrown(code)).message).not.toContain("secret");
    expect(failure(thrown(401001, { cause: addressRefused("no") })).code).toBe("address_refused");
  });

  // CREATE STAGE IF NOT EXISTS may also fail, where the role sees nothing of the stage.
  it.each([
    ["002003", "SQL compilation error:\nStage 'DB.SCH.PENSTOCK_STAGE' does not exist or not authorized."],
    ["003041", "Object 'PENSTOCK_STAGE' already exists, but current role has no privileges on it."],
  ])("names the grant on another role's stage: %s", (code, message) => {
    expect(failure(thrown(code, { message }))).toMatchObject({
      code: "missing_permission",
      message: expect.stringContaining("Another role created the stage PENSTOCK_STAGE in db.sch"),
      fix: expect.stringContaining('GRANT READ, WRITE ON STAGE "DB"."SCH"."PENSTOCK_STAGE" TO ROLE "LOADER";'),
      retryable: false,
    });
    expect(failure(thrown("003041", { message: "Object 'X' already exists" })).message).toContain(
      "doesn't have a required permission",
    );
  });

  it("names what to grant", () => {
    expect(failure(thrown("003001")).fix).toContain(
      'GRANT USAGE, CREATE TABLE, CREATE STAGE ON SCHEMA "DB"."SCH" TO ROLE "LOADER"',
    );
    expect(failure(thrown("000606")).fix).toContain('GRANT USAGE ON WAREHOUSE "WH" TO ROLE "LOADER"');
    expect(failure(thrown("090106")).fix).toContain('ON SCHEMA "DB"."SCH"');
  });
});

describe("snowflakeScript", () => {
  it("makes a role, a user and what they need, and grants no more than that", () => {
    const script = snowflakeScript(config);
    expect(script).toContain('CREATE USER IF NOT EXISTS "PENSTOCK" TYPE = SERVICE RSA_PUBLIC_KEY');
    expect(script).toContain('GRANT ROLE "LOADER" TO USER "PENSTOCK";');
    expect(script).not.toMatch(/GRANT ALL|^GRANT OWNERSHIP/m);
  });

  // https://docs.snowflake.com/en/sql-reference/sql/alter-user-add-programmatic-access-token: a service user's token
  // needs a role, and by default a network policy.
  it.each(["token", "password"] as const)("makes a token, not a password, for auth %s", (auth) => {
    const script = snowflakeScript({ ...config, auth, role: null });
    expect(script).toContain('"PENSTOCK" TYPE = SERVICE DEFAULT_ROLE');
    expect(script).toContain('ALTER USER "PENSTOCK" SET NETWORK_POLICY = PENSTOCK_ADDRESSES;');
    expect(script).toContain("ADD PROGRAMMATIC ACCESS TOKEN PENSTOCK ROLE_RESTRICTION = 'PENSTOCK' DAYS_TO_EXPIRY");
    expect(script).not.toMatch(/LEGACY|PASSWORD =|RSA_PUBLIC_KEY/);
  });
});
