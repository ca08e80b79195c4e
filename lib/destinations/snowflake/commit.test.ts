import { describe, expect, it } from "vitest";
import type { RunTag } from "../types";
import type { Row, Session } from "./client";
import { commitTables } from "./commit";
import { snowflakeConfigSchema, snowflakeSettingsSchema } from "./schema";
import { removeLeft, runPath } from "./stage";

const run: RunTag = {
  id: "11111111-2222-4333-8444-555555555555",
  requestId: "R",
  exportId: "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
  sourceProjectId: 7,
  window: { start: new Date("2026-03-29T00:00:00Z"), end: new Date("2026-03-29T01:00:00Z") },
  exportedAt: new Date("2026-03-29T01:00:05Z"),
  fence: 12,
};
const config = snowflakeConfigSchema.parse({ account: "a", username: "u", warehouse: "w", database: "d" });
const files = [0, 1].map((n) => ({ key: `${run.id}/events-${n}.parquet`, table: "events", rows: 2 }));
const MINE = "aaaaaaaabbbb4ccc8dddeeeeeeeeeeee/20260329T000000000Z/11111111222243338444555555555555";
const listed = (path: string): Row => ({ name: `penstock_stage/${path}` });

interface World {
  /** The stage's files. */
  stage: Row[];
  /** The run's rows in the table. */
  counted: number;
  /** Rows loaded from each file. */
  loaded?: number;
  /** Rows in each staged file. */
  parsed?: number;
  /** The fence of the window's last commit, before and within the transaction. */
  fence?: [before: number, within: number];
  fails?: string;
  /** What a column's values that can't be parsed count. */
  unparsed?: Row;
}

/** A session that records its statements. */
function sessionOf({ stage, counted, loaded = 2, parsed = 2, fence = [0, run.fence], fails, unparsed = {} }: World) {
  const asked: string[] = [];
  const answer = (sql: string): Row[] => {
    if (sql.startsWith("LIST")) return stage;
    if (sql.startsWith("COPY"))
      return files.map((_, n) => ({
        file: `penstock_stage/${MINE}/events-${n}.parquet`,
        rows_parsed: String(parsed),
        rows_loaded: String(loaded),
      }));
    if (sql.startsWith("SELECT MAX")) return [{ FENCE: String(fence[asked.includes("BEGIN TRANSACTION") ? 1 : 0]) }];
    if (sql.startsWith("UPDATE")) return [{ "number of rows updated": fence[0] < run.fence ? "1" : "0" }];
    if (sql.startsWith("INSERT")) return [{ "number of rows inserted": "4" }];
    if (sql.startsWith("SELECT COUNT_IF")) return [unparsed];
    return sql.startsWith("SELECT COUNT") ? [{ ROWS: String(counted) }] : [];
  };
  const session: Session = {
    token: () => "",
    query: async (sql) => {
      asked.push(sql);
      if (fails && sql.startsWith(fails)) throw Object.assign(new Error("no"), { code: "000604" });
      return { rows: answer(sql), queryId: `q${asked.length}` };
    },
  };
  return { session, asked, words: () => asked.map((sql) => sql.split(" ")[0]) };
}

const commit = (session: Session, commitMode: "replace" | "append" = "replace") => {
  const settings = snowflakeSettingsSchema.parse({ type: "snowflake", table: "t_{table_name}", commitMode });
  return commitTables(session, { config, settings, run }, { files, tables: ["events"], manifest: null });
};
const bothThere = [listed(`${MINE}/events-0.parquet`), listed(`${MINE}/events-1.parquet`)];

/** Creates the window's row, and checks whether it is committed. */
const OPENS = ["CREATE", "INSERT", "SELECT"];

describe("commitTables", () => {
  it("loads before its transaction, and removes the files after it", async () => {
    const { session, words } = sessionOf({ stage: bothThere, counted: 4 });
    expect(await commit(session)).toEqual({
      manifest: null,
      tables: [{ table: "t_events", rows: 4, loaded: 4, rejected: 0, jobs: ["q6", "q11", "q12"] }],
      replacements: [],
    });
    const claims = ["UPDATE", "SELECT"];
    const within = ["BEGIN", ...claims, "DELETE", "INSERT", "COMMIT"];
    expect(words()).toEqual([...OPENS, "LIST", "CREATE", "COPY", "SELECT", ...within, "SELECT", "REMOVE"]);
  });

  it("counts what Snowflake can't parse", async () => {
    const { session } = sessionOf({ stage: bothThere, counted: 4, unparsed: { PROPERTIES: "3", SET: "0" } });
    expect((await commit(session)).replacements).toEqual([
      { table: "events", column: "properties", reason: "not_json", values: 3 },
    ]);
  });

  it("appends a run once, also after a commit of a version without fences", async () => {
    const { session, asked } = sessionOf({ stage: bothThere, counted: 4 });
    await commit(session, "append");
    expect(asked.find((sql) => sql.startsWith("DELETE"))).toMatch(/WHERE "_EXPORT_ID" = \? AND "_RUN_ID" = \?$/);
  });

  it.each([
    ["with files", bothThere],
    ["without files", []],
  ])("finds what was committed by its number, %s", async (_, stage) => {
    const { session, words } = sessionOf({ stage, counted: 4, fence: [run.fence, run.fence] });
    expect(await commit(session)).toMatchObject({ tables: [{ rows: 4, loaded: 4 }], replacements: null });
    expect(words()).toEqual([...OPENS, "SELECT", "REMOVE"]);
  });

  it("says which files are gone or hold other rows, and commits nothing", async () => {
    const failure = { code: "staging_lost", retryable: false };
    const gone = sessionOf({ stage: bothThere.slice(1), counted: 4 });
    await expect(commit(gone.session)).rejects.toMatchObject({ failure, keys: [files[0]?.key] });
    const short = sessionOf({ stage: bothThere, counted: 4, parsed: 1, loaded: 1 });
    await expect(commit(short.session)).rejects.toMatchObject({ failure, keys: files.map(({ key }) => key) });
    expect([...gone.words(), ...short.words()]).not.toContain("BEGIN");
  });

  it("is refused where a later run has committed the window, also when that happens meanwhile", async () => {
    const before = sessionOf({ stage: bothThere, counted: 4, fence: [13, 13] });
    await expect(commit(before.session)).rejects.toMatchObject({ failure: { code: "superseded", retryable: false } });
    expect(before.words()).toEqual(OPENS);
    const meanwhile = sessionOf({ stage: bothThere, counted: 4, fence: [0, 13] });
    await expect(commit(meanwhile.session)).rejects.toMatchObject({ failure: { code: "superseded" } });
    expect(meanwhile.words().slice(-3)).toEqual(["UPDATE", "SELECT", "ROLLBACK"]);
  });

  it("commits nothing where rows of a file were rejected", async () => {
    const { session, words } = sessionOf({ stage: bothThere, counted: 0, loaded: 1 });
    await expect(commit(session)).rejects.toMatchObject({ failure: { code: "load_mismatch" } });
    expect(words()).not.toContain("BEGIN");
  });

  it.each(["DELETE", "COMMIT"])("rolls back when the %s fails, and keeps the files", async (fails) => {
    const { session, words } = sessionOf({ stage: bothThere, counted: 0, fails });
    await expect(commit(session)).rejects.toMatchObject({ code: "000604" });
    expect(words().at(-1)).toBe("ROLLBACK");
  });

  it("is done though its files can't be removed", async () => {
    const { session } = sessionOf({ stage: bothThere, counted: 4, fails: "REMOVE" });
    expect(await commit(session)).toMatchObject({ tables: [{ rows: 4 }] });
  });
});

describe("removeLeft", () => {
  it("removes what runs left that are known to have ended, and nothing else", async () => {
    expect(runPath(run)).toBe(MINE);
    const of = (digit: string) => MINE.replace(/1{8}/, digit.repeat(8));
    const [dead, unknown] = [of("9"), of("8")];
    const { session, asked } = sessionOf({
      stage: [
        ...bothThere,
        listed(`${dead}/events-0.parquet`),
        listed(`${dead}/events-1.parquet`),
        listed(`${unknown}/events-0.parquet`),
        listed(`backup/${dead}/events-0.parquet`),
        listed("somebody/else's.csv"),
      ],
      counted: 0,
    });
    const known: string[][] = [];
    await removeLeft(session, run, async (ids) => {
      known.push(ids);
      return new Set([run.id, run.id.replace(/1{8}/, "99999999")]);
    });
    expect(asked.slice(1)).toEqual([`REMOVE @PENSTOCK_STAGE/${dead}/`]);
    expect(known).toEqual([[run.id.replace(/1{8}/, "99999999"), run.id.replace(/1{8}/, "88888888")]]);
  });
});
