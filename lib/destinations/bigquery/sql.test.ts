import { describe, expect, it } from "vitest";
import { columnsOf, warehouseTable } from "../warehouse/tables";
import { mergeFrom } from "./merge";
import { bigquerySettingsSchema } from "./schema";
import { bigqueryScript } from "./script";
import { addColumns, insertFrom, quote, union } from "./sql";
import { missingColumns, targetOf } from "./targets";

const settings = bigquerySettingsSchema.parse({ type: "bigquery" });
const config = { projectId: "my-project", dataset: "analytics", location: "EU", apiEndpoint: null };
const filled = (table: string, json: string) => ({
  name: "`t`",
  table: warehouseTable(table),
  types: new Map([["properties", json]]),
});

describe("SQL", () => {
  it.each(["a`b", "a b", "a;b", "", "a.b", "ä"])("has no name %j", (name) => {
    expect(() => quote(name)).toThrow("isn't a valid BigQuery name");
  });

  it("parses JSON into a column of JSON, and leaves a column of text alone", () => {
    const parsed =
      "IF(s.`properties` IS NULL, NULL, COALESCE(SAFE.PARSE_JSON(s.`properties`, wide_number_mode=>'round'), TO_JSON(s.`properties`)))";
    expect(insertFrom(filled("events", "JSON"), "`a`")).toContain(parsed);
    expect(insertFrom(filled("events", "STRING"), "`a`")).not.toContain("PARSE_JSON");
  });

  it("reads all stages in one statement, and writes Penstock's own columns", () => {
    const target = filled("merged_ids", "JSON");
    const sql = insertFrom(target, `(${union(target, ["`a`", "`b`"])})`);
    expect(sql).toContain("FROM `a` UNION ALL SELECT");
    expect(sql).toContain("`_exported_at`) SELECT s.`team_id`");
    expect(sql).toContain("@export, @run, @start, @end, @exported FROM");
  });

  it("merges by key, and decides by ingestion time, then by version", () => {
    const sql = mergeFrom(filled("persons", "JSON"), "`a`");
    expect(sql).toContain(
      "PARTITION BY `team_id`, `distinct_id` ORDER BY `_inserted_at` DESC NULLS LAST, `version` DESC NULLS LAST",
    );
    expect(sql).toContain("ON t.`team_id` = s.`team_id` AND t.`distinct_id` = s.`distinct_id`");
    const [t, s] = ["t", "s"].map((alias) => `COALESCE(${alias}.\`_inserted_at\`, TIMESTAMP '0001-01-01 00:00:00+00')`);
    const versions = "COALESCE(t.`version`, 0) <= COALESCE(s.`version`, 0)";
    expect(sql).toContain(`WHEN MATCHED AND (${t} < ${s} OR (${t} = ${s} AND ${versions})) THEN UPDATE`);
  });

  it("adds columns in one statement", () => {
    const columns = columnsOf(warehouseTable("events")).slice(1, 3);
    expect(addColumns("`t`", columns, { jsonType: "STRING" })).toBe(
      "ALTER TABLE `t` ADD COLUMN IF NOT EXISTS `event` STRING, ADD COLUMN IF NOT EXISTS `properties` STRING",
    );
  });
});

describe("a table that is there", () => {
  const target = targetOf(config, settings, "merged_ids");
  const there = (change: Record<string, object> = {}) => ({
    schema: {
      fields: columnsOf(target.table).map(({ name, kind }) => ({
        name: name.toUpperCase(),
        type: { text: "STRING", json: "JSON", time: "TIMESTAMP", int: "INTEGER" }[kind],
        ...change[name],
      })),
    },
  });

  it("is fine with the columns it has, whatever the case of their names", () => {
    expect(missingColumns(settings, target, there())).toEqual([]);
    expect(missingColumns(settings, target, { schema: { fields: [] } })).toHaveLength(10);
  });

  it.each([
    [{ scope: { type: "STRING" } }, "The column scope of merged_ids is STRING, but must be INT64."],
    [{ scope: { mode: "REPEATED" } }, "The column scope of merged_ids is ARRAY<INTEGER>, but must be INT64."],
    [{ merge_time: { type: "DATETIME" } }, "The column merge_time of merged_ids is DATETIME, but must be TIMESTAMP."],
  ])("is refused with %j", (change, message) => {
    expect(() => missingColumns(settings, target, there(change))).toThrow(
      expect.objectContaining({
        failure: expect.objectContaining({ code: "schema_mismatch", message, retryable: false }),
      }),
    );
  });
});

it("gives no role but the two that are needed", () => {
  const script = bigqueryScript(config);
  expect(script.match(/roles\/[\w.]+/g)).toEqual(["roles/bigquery.jobUser", "roles/bigquery.dataEditor"]);
  expect(script).toContain("ON SCHEMA `my-project.analytics` TO");
});
