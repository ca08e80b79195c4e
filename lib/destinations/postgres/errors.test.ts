import { DatabaseError } from "pg";
import { describe, expect, it } from "vitest";
import { RowRefused } from "../warehouse/row-refused";
import { postgresFailure } from "./errors";
import { refusedAt } from "./refused-at";

const where = { host: "h", port: 5432, database: "d", schema: "public", username: "u" };

const thrown = (code: string, change: Partial<DatabaseError> = {}) =>
  Object.assign(new DatabaseError("secret", 1, "error"), { code, detail: "secret", ...change });
const failureOf = (code: string, change: Partial<DatabaseError> = {}) =>
  postgresFailure(thrown(code, change), where).failure;

describe("what PostgreSQL's refusals mean", () => {
  it.each([
    ["22P05", "encoding", "UTF8"],
    ["22P02", "doesn't fit the column's type", "TYPE text"],
    ["22001", "longer than a column allows", "TYPE text"],
    ["22003", "more digits", "TYPE numeric"],
    ["23502", "requires a value", "DROP NOT NULL"],
    ["23505", "violates a constraint", "Drop the constraint"],
    ["23514", "violates a constraint", "Drop the constraint"],
    ["42809", "isn't a table", "another table name"],
    ["55000", "doesn't accept rows", "primary server"],
    ["428C9", "generates the values", "DROP EXPRESSION"],
    ["54000", "index", "index a hash"],
    ["57014", "statement_timeout", "SET statement_timeout = 0"],
  ])("%s has a sentence and a fix, and is not tried again", (code, sentence, fix) => {
    const failure = failureOf(code);
    expect(failure.message).toContain(sentence);
    expect(failure.fix).toContain(fix);
    expect(failure.fix).toMatch(/; then retry the run\.$/);
    expect(failure.retryable).toBe(false);
    expect(JSON.stringify(failure)).not.toContain("secret");
  });

  it("of a server that only reads, as after a failover, is tried again, and has a fix", () => {
    expect(failureOf("25006")).toMatchObject({
      retryable: true,
      fix: expect.stringContaining("primary server's address"),
    });
  });

  it("of a publication that lacks an identity names the table and the statement", () => {
    const message =
      'cannot delete from table "events" because it does not have a replica identity and publishes deletes';
    expect(failureOf("55000", { routine: "CheckCmdReplicaIdentity", message })).toMatchObject({
      retryable: false,
      message: expect.stringContaining("the table events"),
      fix: expect.stringContaining('ALTER TABLE "public"."events" REPLICA IDENTITY FULL'),
    });
  });

  it("of a pooler that knows no such project is final, while other internal errors pass", () => {
    expect(failureOf("XX000", { message: "Tenant or user not found" })).toMatchObject({
      code: "bad_credentials",
      retryable: false,
    });
    expect(failureOf("XX000", { message: "cache lookup failed" })).toMatchObject({ retryable: true });
  });

  // https://github.com/pgbouncer/pgbouncer, src: disconnect_client and disconnect_server.
  it.each<[string, object]>([
    ["no such user", { code: "bad_credentials", retryable: false }],
    ["SASL authentication failed", { code: "bad_credentials", retryable: false }],
    ["password authentication failed", { code: "bad_credentials", retryable: false }],
    ["no such database: d", { code: "missing_database", retryable: false }],
    [
      "transaction blocks not allowed in statement pooling mode",
      { code: "unfit_pooler", retryable: false, fix: expect.stringContaining("pool_mode=transaction for d") },
    ],
    ["query timeout", { retryable: true, fix: expect.stringContaining("query_timeout = 0") }],
    ["query_timeout", { retryable: true, fix: expect.stringContaining("query_timeout = 0") }],
    ["idle transaction timeout", { retryable: true, fix: expect.stringContaining("idle_transaction_timeout = 0") }],
    ["query_wait_timeout", { retryable: true, fix: expect.stringContaining("default_pool_size") }],
    ["no more connections allowed (max_client_conn)", { fix: expect.stringContaining("Raise max_client_conn") }],
    ["server conn crashed?", { code: "warehouse_busy", retryable: true, fix: null }],
  ])("of PgBouncer has a sentence of its own: %s", (message, wanted) => {
    expect(failureOf("08P01", { message })).toMatchObject(wanted);
  });

  it.each(["08006", "25P03", "25P04", "40001", "40P01", "53300", "55P03", "57P01", "57P03"])("%s passes", (code) => {
    expect(failureOf(code)).toMatchObject({ code: "warehouse_busy", retryable: true });
  });

  it("name table, column and constraint where the server does", () => {
    expect(failureOf("23502", { table: "events", column: "note" })).toMatchObject({
      message: "The table requires a value in the column note, but a row has none (23502).",
      fix: expect.stringContaining('ALTER TABLE "public"."events" ALTER COLUMN "note" DROP NOT NULL'),
    });
    expect(failureOf("23514", { constraint: "only_small" }).message).toContain("the constraint only_small");
    for (const detail of ['Column "event" is a generated column.', "Spalte „event“ ist eine generierte Spalte."])
      expect(failureOf("428C9", { detail }).message).toContain("the column event");
  });
});

describe("the row that a COPY stopped at", () => {
  it.each([
    ["COPY _penstock_1_events_0, line 3, column properties", { line: 3, column: "properties" }],
    ["JSON data, line 1: secret\nCOPY _penstock_1_events_0, line 12, column set", { line: 12, column: "set" }],
    ["COPY _penstock_1_events_0, Zeile 3, Spalte properties", { line: 3, column: "properties" }],
    ["COPY _penstock_1_events_0, line 40", { line: 40, column: null }],
    ["JSON data, line 1: secret", null],
    ["COPY x, line 3\nSQL statement secret", null],
    [undefined, null],
  ])("%s", (context, wanted) => {
    expect(refusedAt({ where: context })).toEqual(wanted);
  });

  it("goes along with a final failure, without a word of the data", () => {
    const context = "JSON data, line 1: secret\nCOPY _penstock_1_events_0, line 3, column properties";
    const error = postgresFailure(thrown("22003", { where: context }), where);
    expect(error).toBeInstanceOf(RowRefused);
    expect(error).toMatchObject({ line: 3, failure: { message: expect.stringContaining("the column properties") } });
    expect(JSON.stringify(error)).not.toContain("secret");
    expect(postgresFailure(thrown("57P01", { where: context }), where)).not.toBeInstanceOf(RowRefused);
  });
});

it("SQL to paste quotes names, whatever is in them", () => {
  const error = Object.assign(new DatabaseError("no", 0, "error"), { code: "42501" });
  const where = { host: "h", port: 5432, database: "d", schema: 'a"b', username: 'u"; DROP' };
  const { failure } = postgresFailure(error, where);
  expect(failure.fix).toContain('ON SCHEMA "a""b" TO "u""; DROP"');
});
