import { afterEach, describe, expect, it } from "vitest";
import { type Answer, type Asked, type FakeApi, jobOf, refused, startFakeApi } from "@/testing/stand-ins/bigquery-api";
import type { Commit, RunTag } from "../types";
import { commitTables } from "./commit";
import { bigquerySettingsSchema } from "./schema";
import { stageSchema } from "./stages";

let api: FakeApi;
afterEach(() => api.close());

const run: RunTag = {
  id: "11111111-2222-4333-8444-555555555555",
  requestId: "R",
  exportId: "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
  sourceProjectId: 7,
  window: { start: new Date("2026-03-29T00:00:00Z"), end: new Date("2026-03-29T01:00:00Z") },
  exportedAt: new Date("2026-03-29T01:00:05Z"),
  fence: 12,
};
const files: Commit["files"] = [{ key: `${run.id}/events-0.parquet`, table: "events", rows: 5 }];
const STAGE = "_penstock_aaaaaaaabbbb4ccc8dddeeeeeeeeeeee_20260329000000000_11111111222243338444555555555555_events_0";
const idOf = (attempt: number) => `penstock_${run.id}_commit_${attempt}`;
const failed = (id: string, message: string) =>
  jobOf(id, { status: { state: "DONE", errorResult: { reason: "invalidQuery", message } } });

interface World {
  /** Rows of the stage; null if there is none. */
  staged: number | null;
  /** The stage's columns. */
  shape: object;
  /** Earlier commit jobs, by id. */
  jobs: Record<string, object>;
  /** Whether a later run has committed the window. */
  later: boolean;
  /** The jobs of the commit's statements. */
  children: object[];
  /** The tables' properties in addition to their schema. */
  there: object;
  /** The number of rows that a query counts. */
  counted: number;
  /** The answer to a commit with this id. */
  ends(id: string): Answer;
}

function answerOf(world: World, { method, url, body }: Asked): Answer {
  const path = url.replace(/^.*\/my-project/, "").replace(/\?.*/, "");
  if (path.includes("/tables/_penstock_"))
    return world.staged === null
      ? refused(404, "notFound")
      : { json: { numRows: String(world.staged), schema: world.shape } };
  if (path.includes("/tables/"))
    return { json: { schema: { fields: [{ name: "properties", type: "STRING" }] }, ...world.there } };
  if (path === "/datasets/analytics/tables") return { json: {} };
  if (path.startsWith("/queries/later")) return { json: { rows: [{ f: [{ v: world.later ? "1" : "0" }] }] } };
  if (path.startsWith("/queries/")) return { json: { rows: [{ f: [{ v: String(world.counted) }] }] } };
  if (path === "/jobs" && method === "GET") return { json: { jobs: world.children } };
  if (method === "GET") {
    const job = world.jobs[path.replace("/jobs/", "")];
    return job ? { json: job } : refused(404, "notFound");
  }
  const { jobId } = (JSON.parse(body.toString()) as { jobReference: { jobId: string } }).jobReference;
  if (jobId.includes("_commit_")) return world.ends(jobId);
  return { json: jobOf(body.includes("fence > @fence") ? "later" : jobId) };
}

async function commit(
  change: Partial<World>,
  commitMode: "replace" | "append" = "replace",
  more: Partial<Commit> = {},
) {
  const world: World = {
    staged: 5,
    shape: stageSchema("events"),
    jobs: {},
    later: false,
    children: [],
    there: {},
    counted: 5,
    ends: (id) => ({ json: jobOf(id) }),
    ...change,
  };
  api = await startFakeApi((asked) => answerOf(world, asked));
  const settings = bigquerySettingsSchema.parse({ type: "bigquery", commitMode });
  return commitTables({ client: api.client, settings, run }, { files, tables: ["events"], manifest: null, ...more });
}

const sent = () =>
  api.asked
    .filter(({ method, body }) => method === "POST" && body.includes("_commit_"))
    .map(({ body }) => JSON.parse(body.toString()));

describe("a commit", () => {
  it("is one transaction, by a job of the run's id, with its values as parameters", async () => {
    expect(await commit({})).toEqual([{ table: "events", rows: 5, loaded: 5, rejected: 0, jobs: [idOf(0)] }]);
    const [job] = sent();
    expect(job.jobReference.jobId).toBe(idOf(0));
    const { query, queryParameters } = job.configuration.query;
    const claim = "UPDATE [^;]+;\nIF EXISTS [^;]+; END IF;";
    expect(query).toMatch(
      new RegExp(
        `^INSERT INTO [^;]+_penstock_commits[^;]+;\nBEGIN TRANSACTION;\nDELETE FROM [^;]+;\n${claim}\nINSERT INTO [^;]+;\nCOMMIT TRANSACTION;$`,
      ),
    );
    expect(queryParameters).toContainEqual({
      name: "fence",
      parameterType: { type: "INT64" },
      parameterValue: { value: "12" },
    });
    expect(query).toContain(`\`my-project\`.\`analytics\`.\`${STAGE}\``);
    expect(query).not.toContain(run.exportId);
    expect(queryParameters).toContainEqual({
      name: "end",
      parameterType: { type: "TIMESTAMP" },
      parameterValue: { value: "2026-03-29T01:00:00.000Z" },
    });
  });

  it("removes nothing where rows are appended", async () => {
    await commit({}, "append");
    expect(sent()[0].configuration.query.query).not.toContain("DELETE");
  });

  it.each(["append", "replace"] as const)("is not done twice where its answer was lost (%s)", async (mode) => {
    const [table] = await commit({ staged: null, jobs: { [idOf(0)]: jobOf(idOf(0)) } }, mode);
    expect(table).toMatchObject({ rows: 5, loaded: 5, jobs: [idOf(0)] });
    expect(sent()).toEqual([]);
  });

  it("is done by a new job where an earlier one failed", async () => {
    const [table] = await commit({ jobs: { [idOf(0)]: failed(idOf(0), "Syntax error") } });
    expect(table?.jobs).toEqual([idOf(1)]);
  });

  it("is done again where another transaction was in its way", async () => {
    const conflict = "Transaction is aborted due to concurrent update against table my-project:analytics.events.";
    const [table] = await commit({ ends: (id) => ({ json: id === idOf(0) ? failed(id, conflict) : jobOf(id) }) });
    expect(table?.jobs).toEqual([idOf(1)]);
  });

  it("waits for the job that took its id", async () => {
    const jobs: Record<string, object> = {};
    const [table] = await commit({
      jobs,
      ends: (id) => {
        jobs[id] = jobOf(id);
        return refused(409, "duplicate");
      },
    });
    expect(table?.jobs).toEqual([idOf(0)]);
  });

  it("is refused where a later run has committed the window, whether the stages are there or gone", async () => {
    const ends = (id: string) => ({ json: failed(id, "penstock_superseded at [3:1]") });
    await expect(commit({ ends })).rejects.toMatchObject({ failure: { code: "superseded", retryable: false } });
    api.close();
    await expect(commit({ staged: null, later: true })).rejects.toMatchObject({ failure: { code: "superseded" } });
    expect(sent()).toEqual([]);
  });

  it.each([null, 0, 4, 6])("does nothing where the stage holds %s rows of 5, and says which file", async (staged) => {
    const failure = { code: "staging_lost", retryable: false };
    await expect(commit({ staged })).rejects.toMatchObject({ failure, keys: [files[0]?.key] });
    expect(sent()).toEqual([]);
  });

  it("has files exported again whose stages lack a column, as those of an older version do", async () => {
    const shape = { fields: stageSchema("events").fields.slice(1) };
    await expect(commit({ shape })).rejects.toMatchObject({ failure: { code: "staging_lost" } });
    expect(sent()).toEqual([]);
  });
});

describe("the first run of a window", () => {
  it("deletes only if the table of commits knows an earlier one, and asks before it claims the window", async () => {
    await commit({}, "replace", { isFirst: true });
    const { query } = sent()[0].configuration.query;
    expect(query).toMatch(
      /BEGIN TRANSACTION;\nIF EXISTS \(SELECT 1 FROM [^;]+_penstock_commits[^;]+\) THEN DELETE FROM [^;]+; END IF;\nUPDATE /,
    );
    expect(query.match(/DELETE FROM/g)).toHaveLength(1);
  });

  it("deletes nothing where rows are appended", async () => {
    await commit({}, "append", { isFirst: true });
    expect(sent()[0].configuration.query.query).not.toMatch(/DELETE|_run_id IS NOT NULL/);
  });
});

/** Source: the REST reference of jobs: `JobStatistics2.dmlStats`, and `parentJobId` of jobs.list. */
describe("the rows of a commit", () => {
  const child = (query: string, dmlStats?: object) => ({
    configuration: { query: { query } },
    statistics: { query: { dmlStats } },
  });
  const inserted = child("INSERT INTO `my-project`.`analytics`.`events` (`uuid`) SELECT", { insertedRowCount: "5" });
  const deleted = child("DELETE FROM `my-project`.`analytics`.`events` WHERE", { deletedRowCount: "9" });
  const questions = () => api.asked.filter(({ body }) => body.includes("COUNT(*) AS n"));

  it("are those that its statements report, without a query", async () => {
    const [table] = await commit({ children: [inserted, deleted], counted: 1 });
    expect(table).toMatchObject({ rows: 5, loaded: 5 });
    expect(questions()).toEqual([]);
  });

  it.each([
    ["the jobs are not listed", []],
    ["a job has no statistics", [child("INSERT INTO `my-project`.`analytics`.`events` (`uuid`) SELECT")]],
    ["a statement's job is twice there", [inserted, inserted]],
  ])("are counted where %s, in their window only", async (_, children) => {
    expect(await commit({ children })).toMatchObject([{ rows: 5 }]);
    const { query, queryParameters } = JSON.parse(questions()[0]!.body.toString()).configuration.query;
    expect(query).toMatch(/WHERE _export_id = @export AND _interval_start = @start AND _run_id = @run$/);
    expect(queryParameters).toHaveLength(3);
  });

  it("are none in a table without a file, without a query", async () => {
    expect(await commit({ counted: 7 }, "replace", { files: [] })).toMatchObject([{ rows: 0, loaded: 0 }]);
    expect(questions()).toEqual([]);
  });

  it("are not committed where partitions have expired that they belong to", async () => {
    const there = { timePartitioning: { type: "DAY", field: "timestamp", expirationMs: "5184000000" } };
    const ends = (id: string) => ({ json: failed(id, "penstock_expired at [3:1]") });
    await expect(commit({ ends, there })).rejects.toMatchObject({
      failure: {
        code: "rows_expired",
        message: expect.stringContaining("expire after 60 days. Nothing was committed."),
        fix: expect.stringContaining(
          "ALTER TABLE `my-project`.`analytics`.`events` SET OPTIONS (partition_expiration_days = NULL)",
        ),
        retryable: false,
      },
    });
    const { query } = sent()[0].configuration.query;
    expect(query.indexOf("penstock_expired"), "before anything is written").toBeLessThan(query.indexOf("DELETE FROM"));
    expect(query).toContain(
      "TIMESTAMP_ADD(TIMESTAMP_TRUNC(CAST(`timestamp` AS TIMESTAMP), DAY), INTERVAL 5184000000 MILLISECOND) <= CURRENT_TIMESTAMP()",
    );
    api.close();
    expect(await commit({ children: [inserted], there })).toMatchObject([{ rows: 5 }]);
  });

  it("are counted where some may vanish all the same, and the receipt says how many are there", async () => {
    const there = { timePartitioning: { type: "DAY", field: "timestamp", expirationMs: "5184000000" } };
    expect(await commit({ children: [inserted], there, counted: 3 })).toMatchObject([{ rows: 3, loaded: 5 }]);
    api.close();
    expect(await commit({ counted: 4 })).toMatchObject([{ rows: 4, loaded: 5 }]);
  });
});
