import { describe, expect, it } from "vitest";
import { accountUrl, hostOf } from "./address";
import { mergeFrom } from "./merge";
import { quote, stored } from "./names";
import { type SnowflakeSettings, snowflakeConfigSchema, snowflakeSettingsSchema } from "./schema";
import {
  bound,
  copyInto,
  countRun,
  countRuns,
  createStaging,
  createTarget,
  deleteRun,
  deleteWindow,
  insertFrom,
  literal,
  rowsOf,
} from "./sql";
import { targetOf } from "./targets";

const config = snowflakeConfigSchema.parse({ account: "a", username: "u", warehouse: "w", database: "d" });
const settingsOf = (more: object) => snowflakeSettingsSchema.parse({ type: "snowflake", ...more });

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

  it("names things as PostHog does, if asked, in all that reads and writes the table", () => {
    // https://github.com/PostHog/posthog/blob/master/posthog/temporal/batch_exports/snowflake_batch_export.py
    const events = targetOf(config, settingsOf({ names: "posthog", table: "Product_events" }), "events");
    expect(events.name).toBe('"D"."PUBLIC"."Product_events"');
    expect(createTarget(events)).toContain(
      '"uuid" VARCHAR, "event" VARCHAR, "properties" VARIANT, "elements" VARIANT, "people_set" VARIANT, "people_set_once" VARIANT',
    );
    expect(rowsOf('"S"', events)).toContain('"SET" AS "people_set", "SET_ONCE" AS "people_set_once", ');
    const persons = targetOf(config, settingsOf({ names: "posthog" }), "persons");
    const merge = mergeFrom(persons, "rows");
    expect(merge).toContain('COALESCE(t."person_version", 0)');
    const all = [
      insertFrom(events, "rows"),
      merge,
      ...[deleteWindow, deleteRun, countRun, countRuns].map((f) => f(events)),
    ];
    const upper = all.flatMap((sql) => sql.match(/"[^"]*"/g) ?? []).filter((name) => name === name.toUpperCase());
    expect(new Set(upper)).toEqual(new Set(['"D"', '"PUBLIC"', '"RUN"', '"START_MS"', '"END_MS"', '"ROWS"']));
  });

  it("knows settings that an earlier version stored", () => {
    const { names: _, ...stored } = settingsOf({});
    expect(targetOf(config, stored as SnowflakeSettings, "events").name).toBe('"D"."PUBLIC"."EVENTS"');
  });

  it("makes tables with JSON as VARIANT, and keeps it as text until it is parsed", () => {
    const target = targetOf(config, settingsOf({}), "events");
    const events = target.table;
    expect(createTarget(target)).toContain('"PROPERTIES" VARIANT, "ELEMENTS" VARCHAR, "SET" VARIANT');
    expect(createTarget(target)).toContain('"TIMESTAMP" TIMESTAMP_NTZ');
    expect(createTarget(target)).toMatch(/"_EXPORTED_AT" TIMESTAMP_NTZ\)$/);
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
    const insert = insertFrom(targetOf(config, settingsOf({}), "events"), '"S"');
    expect(insert.match(/\?/g)).toHaveLength(5);
    expect(insert).toContain(`COALESCE(TRY_PARSE_JSON("PROPERTIES", 'd'), TO_VARIANT("PROPERTIES")) AS "PROPERTIES"`);
    expect(deleteWindow(targetOf(config, settingsOf({}), "events")).match(/\?/g)).toHaveLength(3);
  });

  it("merges by key, ingestion time and version, and binds only where the rows are read", () => {
    const merge = mergeFrom(targetOf(config, settingsOf({}), "persons"), '"S"');
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
