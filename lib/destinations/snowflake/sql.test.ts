import { describe, expect, it } from "vitest";
import { warehouseTable } from "../warehouse/tables";
import { accountUrl, hostOf } from "./address";
import { mergeFrom } from "./merge";
import { quote, stored } from "./names";
import { snowflakeConfigSchema } from "./schema";
import { bound, copyInto, createStaging, createTarget, deleteWindow, insertFrom, literal } from "./sql";

describe("the SQL for Snowflake", () => {
  it("names things as they are without quotes", () => {
    expect(quote("set")).toBe('"SET"');
    expect(quote('a"b')).toBe('"A""B"');
    expect(quote('"Lower case"')).toBe('"Lower case"');
    expect(stored('"Lower case"')).toBe("Lower case");
    expect(stored("lower")).toBe("LOWER");
    expect(literal("a'b\\c")).toBe("'a''b\\\\c'");
  });

  it.each([
    ["ANALYTICS", true],
    ['"analytics"', true],
    ['"a b-c.d"', true],
    ['"a"b"', false],
    ['""', false],
    ["a b", false],
    ['"a\nb"', false],
  ])("takes the database %s: %s", (database, taken) => {
    const named = { account: "a", username: "u", warehouse: "w", database };
    expect(snowflakeConfigSchema.safeParse(named).success).toBe(taken);
  });

  it("makes tables with JSON as VARIANT, and keeps it as text until it is parsed", () => {
    const events = warehouseTable("events");
    expect(createTarget("t", events)).toContain('"PROPERTIES" VARIANT, "ELEMENTS" VARCHAR, "SET" VARIANT');
    expect(createTarget("t", events)).toContain('"TIMESTAMP" TIMESTAMP_NTZ');
    expect(createTarget("t", events)).toMatch(/"_EXPORTED_AT" TIMESTAMP_NTZ\)$/);
    expect(createStaging('"S"', events)).toContain('CREATE TEMPORARY TABLE "S" ("UUID" VARCHAR');
    expect(createStaging('"S"', events)).not.toMatch(/VARIANT|_RUN_ID/);
  });

  it("loads files by their names, none of which may be refused a row", () => {
    expect(copyInto('"S"', "@PENSTOCK_STAGE/a/", ["events-0.parquet", "events-1.parquet"])).toBe(
      `COPY INTO "S" FROM @PENSTOCK_STAGE/a/ FILES = ('events-0.parquet', 'events-1.parquet') ` +
        "FILE_FORMAT = (TYPE = PARQUET USE_LOGICAL_TYPE = TRUE) MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE " +
        "ON_ERROR = ABORT_STATEMENT FORCE = TRUE",
    );
  });

  it("binds five values into what is inserted, and three into what is deleted", () => {
    const insert = insertFrom("t", '"S"', warehouseTable("events"));
    expect(insert.match(/\?/g)).toHaveLength(5);
    expect(insert).toContain(`PARSE_JSON("PROPERTIES", 'd') AS "PROPERTIES"`);
    expect(deleteWindow("t").match(/\?/g)).toHaveLength(3);
  });

  it("merges by key, ingestion time and version, and binds only where the rows are read", () => {
    const merge = mergeFrom("t", '"S"', warehouseTable("persons"));
    const [source, rest] = merge.split(") AS s ON ");
    expect(source).toContain(
      'PARTITION BY "TEAM_ID", "DISTINCT_ID" ORDER BY "_INSERTED_AT" DESC NULLS LAST, "VERSION" DESC NULLS LAST, ',
    );
    expect(source?.match(/\?/g)).toHaveLength(5);
    expect(rest).toMatch(/^t\."TEAM_ID" = s\."TEAM_ID" AND t\."DISTINCT_ID" = s\."DISTINCT_ID" WHEN MATCHED AND /);
    expect(rest).toContain(
      'COALESCE(t."VERSION", 0) <= COALESCE(s."VERSION", 0))) THEN UPDATE SET "PERSON_ID" = s."PERSON_ID"',
    );
    expect(rest).not.toContain("?");
  });

  it("binds times in UTC", () => {
    expect(bound(new Date("2026-03-29T01:02:03.004Z"))).toBe("2026-03-29 01:02:03.004");
  });
});

describe("the address of an account", () => {
  it.each([
    ["myorg-account123", "https://myorg-account123.snowflakecomputing.com"],
    ["My_Org-Acc", "https://my-org-acc.snowflakecomputing.com"],
    ["xy12345.eu-central-1", "https://xy12345.eu-central-1.snowflakecomputing.com"],
    ["xy12345.cn-north-1", "https://xy12345.cn-north-1.snowflakecomputing.cn"],
  ])("%s is at %s", (account, url) => {
    expect(accountUrl({ account, accessUrl: null })).toBe(url);
  });

  it("is the one that was set, where one was", () => {
    expect(hostOf({ account: "a", accessUrl: "http://127.0.0.1:81" })).toEqual({ host: "127.0.0.1", port: 81 });
    expect(hostOf({ account: "a", accessUrl: null })).toEqual({ host: "a.snowflakecomputing.com", port: 443 });
  });
});
