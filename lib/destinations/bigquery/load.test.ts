import { Readable } from "node:stream";
import { afterEach, describe, expect, it } from "vitest";
import { type Asked, type FakeApi, jobOf, refused, startFakeApi } from "@/testing/stand-ins/bigquery-api";
import { DAY } from "../../units";
import type { RunTag } from "../types";
import { loadFile } from "./load";

let api: FakeApi;
afterEach(() => api.close());

const run: RunTag = {
  id: "11111111-2222-4333-8444-555555555555",
  requestId: "R",
  exportId: "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
  sourceProjectId: 7,
  window: { start: new Date(0), end: new Date(1) },
  exportedAt: new Date(0),
  fence: 12,
};
const idOf = (attempt: number) => `penstock_${run.id}_events_0_${attempt}`;

/** Loads a file of 4 bytes where these jobs exist already; the new job reports reading `inputFileBytes`. */
async function load(jobs: Record<string, object>, inputFileBytes: string) {
  const pathOf = ({ url }: Asked) => url.replace(/^.*\/my-project/, "").replace(/\?.*/, "");
  api = await startFakeApi((asked) => {
    const path = pathOf(asked);
    if (path.includes("/tables")) return { json: {} };
    if (asked.method === "GET") {
      const job = jobs[path.replace("/jobs/", "")];
      return job ? { json: job } : refused(404, "notFound");
    }
    if (asked.method === "POST") return { headers: { location: `${api.origin}/session` } };
    return { json: jobOf("new", { statistics: { load: { outputRows: "3", inputFileBytes } } }) };
  });
  const body = Readable.from([Buffer.from("PAR1")], { objectMode: false });
  const file = { key: `${run.id}/events-0.parquet`, table: "events", body, contentType: "" };
  return loadFile(api.client, run, file, AbortSignal.timeout(10_000));
}

const bodyOf = (wanted: (asked: Asked) => boolean) => JSON.parse(api.asked.find(wanted)?.body.toString() ?? "");

describe("a file's load", () => {
  it("fills a stage of its own that expires, in place of what was there", async () => {
    expect(await load({}, "4")).toEqual({ etag: "3 rows by job new", encryption: null });
    const stage = bodyOf(({ method, url }) => method === "POST" && url.endsWith("/tables"));
    const days = (Number(stage.expirationTime) - Date.now()) / DAY;
    expect(days).toBeGreaterThan(1.9);
    expect(days).toBeLessThan(2.1);
    const job = bodyOf(({ url }) => url.startsWith("/upload"));
    expect(job.jobReference.jobId).toBe(idOf(0));
    expect(job.configuration.load).toMatchObject({
      destinationTable: { tableId: stage.tableReference.tableId },
      createDisposition: "CREATE_NEVER",
      writeDisposition: "WRITE_TRUNCATE",
    });
  });

  it("takes a job id that no try of it has used", async () => {
    await load(
      { [idOf(0)]: jobOf(idOf(0)), [idOf(1)]: jobOf(idOf(1), { status: { state: "DONE", errorResult: {} } }) },
      "4",
    );
    expect(bodyOf(({ url }) => url.startsWith("/upload")).jobReference.jobId).toBe(idOf(2));
  });

  it("is tried again where the job that stands read another file", async () => {
    await expect(load({}, "5")).rejects.toMatchObject({ failure: { code: "warehouse_busy", retryable: true } });
  });
});
