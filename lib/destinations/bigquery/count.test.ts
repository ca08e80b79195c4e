import { afterEach, describe, expect, it } from "vitest";
import { type Answer, type FakeApi, jobOf, refused, startFakeApi } from "@/testing/stand-ins/bigquery-api";
import { countRows } from "./count";
import { bigquerySettingsSchema } from "./schema";
import { targetOf } from "./targets";

let api: FakeApi;
afterEach(() => api.close());

const range = { start: new Date("2026-03-29T00:00:00Z"), end: new Date("2026-03-29T01:00:00Z") };
const failed = (reason: string, message: string): Answer => ({
  json: jobOf("count", { status: { state: "DONE", errorResult: { reason, message } } }),
});

/** Counts, at an API that answers queries and questions for the dataset so. */
async function count(
  query: Answer,
  dataset: Answer = refused(500, "backendError"),
  signal = new AbortController().signal,
) {
  api = await startFakeApi(({ method, url }) => {
    if (url.includes("/cancel")) return { json: {} };
    return method === "GET" && url.includes("/datasets/") ? dataset : query;
  });
  const target = targetOf(api.client.config, bigquerySettingsSchema.parse({ type: "bigquery" }), "events");
  return countRows(api.client, { target, exportId: "e", range, team: 7 }, signal);
}

/** Source: the messages of BigQuery's own API. */
const NO_TABLE = "Not found: Table my-project:analytics.events was not found in location EU";
const NO_DATASET = "Not found: Dataset my-project:analytics was not found in location EU";

describe("what is no longer there", () => {
  it("is a table", async () => {
    expect(await count(failed("notFound", NO_TABLE))).toEqual({ gone: "The table events no longer exists." });
  });

  it("is a dataset that is in no location", async () => {
    expect(await count(failed("notFound", NO_DATASET), refused(404, "notFound", NO_DATASET))).toEqual({
      gone: "The dataset my-project.analytics no longer exists.",
    });
  });

  it.each<[string, Answer, Answer?]>([
    ["a dataset in another location", failed("notFound", NO_DATASET), { json: { location: "US" } }],
    ["a dataset that may not be looked at", failed("notFound", NO_DATASET), refused(403, "accessDenied")],
    ["a project", failed("notFound", "Not found: Project my-project")],
    ["a table that may not be read", failed("accessDenied", "Access Denied: Table events (or it may not exist)")],
  ])("is not known of %s", async (_, query, dataset) => {
    await expect(count(query, dataset)).rejects.toMatchObject({ name: "Refusal" });
  });
});

/** Source: BigQuery's message, in its documentation of `require_partition_filter`. */
it("counts once more with a filter where the table requires one", async () => {
  const message =
    "Cannot query over table 'analytics.events' without a filter over column(s) 'day' that can be used for partition elimination";
  const sql: string[] = [];
  api = await startFakeApi(({ method, url, body }) => {
    if (url.includes("/tables/")) return { json: { requirePartitionFilter: true, timePartitioning: { field: "day" } } };
    if (method === "GET") return { json: { rows: [{ f: [{ v: "run" }, { v: "0" }, { v: "1" }, { v: "3" }] }] } };
    sql.push(JSON.parse(body.toString()).configuration.query.query);
    return sql.length === 1 ? refused(400, "invalidQuery", message) : { json: jobOf("count") };
  });
  const target = targetOf(api.client.config, bigquerySettingsSchema.parse({ type: "bigquery" }), "events");
  const counting = countRows(api.client, { target, exportId: "e", range, team: 7 }, new AbortController().signal);
  expect(await counting).toMatchObject([{ runId: "run", rows: 3 }]);
  expect(sql.map((each) => each.includes("(`day` >= '0001-01-01' OR `day` IS NULL)"))).toEqual([false, true]);
});

it("cancels the job with the signal", async () => {
  const counting = count(
    { json: jobOf("count", { status: { state: "RUNNING" } }) },
    undefined,
    AbortSignal.timeout(300),
  );
  await expect(counting).rejects.toThrow();
  const made = api.asked.find(({ method }) => method === "POST");
  const { jobId } = (JSON.parse(made!.body.toString()) as { jobReference: { jobId: string } }).jobReference;
  expect(api.asked.map(({ method, url }) => `${method} ${url}`)).toContain(
    `POST /bigquery/v2/projects/my-project/jobs/${jobId}/cancel?location=EU`,
  );
});
