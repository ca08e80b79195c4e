import { describe, expect, it } from "vitest";
import { parseStatement } from "./statement";

describe("parseStatement", () => {
  it.each([
    ["SELECT 1", "SELECT 1", undefined],
    ["SELECT 1 FORMAT CSV;", "SELECT 1  ", "CSV"],
    ["SELECT 1 format TSV SETTINGS a = 1", "SELECT 1   SETTINGS a = 1", "TSV"],
    ["SELECT 'FORMAT CSV'", "SELECT 'FORMAT CSV'", undefined],
    ["SELECT a AS format", "SELECT a AS format", undefined],
    ["WITH x AS (SELECT 1 FORMAT CSV) SELECT 2", "WITH x AS (SELECT 1 FORMAT CSV) SELECT 2", undefined],
    ["-- FORMAT CSV\nSELECT `a;b` /* ; */", "-- FORMAT CSV\nSELECT `a;b`", undefined],
    ["SELECT $x$ ; FORMAT CSV $x$", "SELECT $x$ ; FORMAT CSV $x$", undefined],
  ])("streams %s", (sql, text, format) => {
    expect(parseStatement(sql)).toEqual(format ? { kind: "select", sql: text, format } : { kind: "select", sql: text });
  });

  it.each([
    ["SHOW TABLES FORMAT CSV", true],
    ["FROM t SELECT 1", true],
    ["SELECT 1 GROUP BY 1 WITH TOTALS", true],
    ["CREATE TABLE t (a Int8) ENGINE = Memory", false],
    ["INSERT INTO t SELECT * FROM x FORMAT CSV", false],
    ["WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x", false],
  ])("leaves %s to the engine", (sql, reads) => {
    expect(parseStatement(sql)).toMatchObject({ kind: "plain", sql, reads });
  });

  it.each([
    ["INSERT INTO t (a, b) VALUES (1, ';')", "INSERT INTO t (a, b) ", "Values", " (1, ';')"],
    [
      'INSERT INTO t SETTINGS a=1 FORMAT JSONEachRow\n{"a":1}',
      "INSERT INTO t SETTINGS a=1 ",
      "JSONEachRow",
      '\n{"a":1}',
    ],
    ["INSERT INTO t FORMAT Values", "INSERT INTO t ", "Values", ""],
    ["INSERT INTO `values` (format) FORMAT CSV 'SELECT", "INSERT INTO `values` (format) ", "CSV", " 'SELECT"],
  ])("finds the rows of %s", (sql, head, format, rows) => {
    const statement = parseStatement(sql);
    expect(statement).toMatchObject({ kind: "insert-rows", head, format });
    expect(statement.kind === "insert-rows" && sql.slice(statement.dataStart)).toBe(rows);
  });

  it.each(["", " -- nothing", "SELECT 1; SELECT 2"])("refuses %j", (sql) => {
    expect(() => parseStatement(sql)).toThrow("SYNTAX_ERROR");
  });
});
