import { describe, expect, it } from "vitest";
import type { RunTag } from "../types";
import type { Row, Session } from "./client";
import { commitTables } from "./commit";
import { snowflakeConfigSchema, snowflakeSettingsSchema } from "./schema";
import { removeOthers, runPath } from "./stage";

const run: RunTag = {
  id: "11111111-2222-4333-8444-555555555555",
  requestId: "R",
  exportId: "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
  sourceProjectId: 7,
  window: { start: new Date("2026-03-29T00:00:00Z"), end: new Date("2026-03-29T01:00:00Z") },
  exportedAt: new Date("2026-03-29T01:00:05Z"),
};
const config = snowflakeConfigSchema.parse({ account: "a", username: "u", warehouse: "w", database: "d" });
const files = [0, 1].map((n) => ({ key: `${run.id}/events-${n}.parquet`, table: "events", rows: 2 }));
const MINE = "aaaaaaaabbbb4ccc8dddeeeeeeeeeeee/20260329T000000000Z/11111111222243338444555555555555";
const listed = (path: string, last_modified = new Date().toUTCString()): Row => ({
  name: `penstock_stage/${path}`,
  last_modified,
});

interface World {
  /** What the stage holds. */
  stage: Row[];
  /** Rows of the run in the table. */
  counted: number;
  /** Rows that each file is loaded with. */
  loaded?: number;
  fails?: string;
}

/** A session that remembers what it was asked, by the first word. */
function sessionOf({ stage, counted, loaded = 2, fails }: World) {
  const asked: string[] = [];
  const answer = (sql: string): Row[] => {
    if (sql.startsWith("LIST")) return stage;
    if (sql.startsWith("COPY"))
      return files.map((_, n) => ({
        file: `penstock_stage/${MINE}/events-${n}.parquet`,
        rows_parsed: "2",
        rows_loaded: String(loaded),
      }));
    if (sql.startsWith("INSERT")) return [{ "number of rows inserted": "4" }];
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

describe("commitTables", () => {
  it("loads before its transaction, and removes the files after it", async () => {
    const { session, words } = sessionOf({ stage: bothThere, counted: 4 });
    expect(await commit(session)).toEqual([
      { table: "t_events", rows: 4, loaded: 4, rejected: 0, jobs: ["q3", "q5", "q6"] },
    ]);
    expect(words()).toEqual(["LIST", "CREATE", "COPY", "BEGIN", "DELETE", "INSERT", "COMMIT", "SELECT", "REMOVE"]);
  });

  it("appends a run once, also where its files are there still after a commit whose answer was lost", async () => {
    const { session, asked } = sessionOf({ stage: bothThere, counted: 4 });
    await commit(session, "append");
    expect(asked.find((sql) => sql.startsWith("DELETE"))).toMatch(/WHERE "_EXPORT_ID" = \? AND "_RUN_ID" = \?$/);
  });

  it("finds what was committed where files are gone, and says so where it was not", async () => {
    const done = sessionOf({ stage: bothThere.slice(1), counted: 4 });
    expect(await commit(done.session)).toMatchObject([{ rows: 4, loaded: 4 }]);
    expect(done.words()).toEqual(["LIST", "SELECT", "REMOVE"]);
    const lost = sessionOf({ stage: bothThere.slice(1), counted: 0 });
    await expect(commit(lost.session)).rejects.toMatchObject({ failure: { code: "staging_lost", retryable: false } });
  });

  it("commits nothing where a file was loaded with other rows than it holds", async () => {
    const { session, words } = sessionOf({ stage: bothThere, counted: 0, loaded: 1 });
    await expect(commit(session)).rejects.toMatchObject({ failure: { code: "load_mismatch" } });
    expect(words()).not.toContain("BEGIN");
  });

  it.each(["INSERT", "COMMIT"])("rolls back when the %s fails, and keeps the files", async (fails) => {
    const { session, words } = sessionOf({ stage: bothThere, counted: 0, fails });
    await expect(commit(session)).rejects.toMatchObject({ code: "000604" });
    expect(words().at(-1)).toBe("ROLLBACK");
  });

  it("is done though its files can't be removed", async () => {
    const { session } = sessionOf({ stage: bothThere, counted: 4, fails: "REMOVE" });
    expect(await commit(session)).toMatchObject([{ rows: 4 }]);
  });
});

describe("removeOthers", () => {
  it("removes what dead runs of the window left and what is old, and nothing else", async () => {
    expect(runPath(run)).toBe(MINE);
    const dead = MINE.replace(/1{8}/, "99999999");
    const [other, old] = ["b", "c"].map((letter) => MINE.replace(/^a{8}/, letter.repeat(8)));
    const long = new Date(Date.now() - 8 * 86_400_000).toUTCString();
    const { session, asked } = sessionOf({
      stage: [
        ...bothThere,
        listed(`${dead}/events-0.parquet`),
        listed(`${dead}/events-1.parquet`),
        listed(`${other}/events-0.parquet`),
        listed(`${old}/events-0.parquet`, long),
        listed("somebody/else's.csv", long),
      ],
      counted: 0,
    });
    await removeOthers(session, run);
    expect(asked.slice(1)).toEqual([`REMOVE @PENSTOCK_STAGE/${dead}/`, `REMOVE @PENSTOCK_STAGE/${old}/`]);
  });
});
