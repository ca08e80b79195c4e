import { describe, expect, it } from "vitest";
import type { Row, Session } from "./client";
import { countRows } from "./count";
import { snowflakeConfigSchema, snowflakeSettingsSchema } from "./schema";
import { targetOf } from "./targets";

const config = snowflakeConfigSchema.parse({ account: "a", username: "u", warehouse: "w", database: "d" });
const target = targetOf(config, snowflakeSettingsSchema.parse({ type: "snowflake" }), "events");
const range = { start: new Date("2026-03-29T00:00:00Z"), end: new Date("2026-03-29T01:00:00Z") };

/** A session in which these tables can be read. Others answer as Snowflake does, with a code of either type. */
function count(readable: readonly string[], code: string | number = "002003", rows: Row[] = []) {
  const session: Session = {
    token: () => "",
    query: async (sql) => {
      if (!readable.some((table) => sql.includes(`"${table}"`)))
        throw Object.assign(new Error("SQL compilation error: Object 'X' does not exist or not authorized."), { code });
      return { rows, queryId: "q" };
    },
  };
  return countRows(session, { target, exportId: "e", range }, new AbortController().signal);
}

describe("counting", () => {
  it("gives a run's rows by window", async () => {
    const row = { RUN: "r", START_MS: String(+range.start), END_MS: String(+range.end), ROWS: "7" };
    expect(await count(["EVENTS"], "", [row])).toEqual([{ runId: "r", window: range, rows: 7 }]);
  });

  it("takes a table that may not be read, or is gone, for an error", async () => {
    await expect(count(["_PENSTOCK_COMMITS"])).rejects.toMatchObject({ code: "002003" });
  });
});
