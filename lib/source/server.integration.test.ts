import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fillWindow } from "@/testing/runs/events";
import { tablesOf } from "@/testing/runs/extracts";
import { openProject, type TestProject } from "@/testing/runs/project";
import { sourceOwner } from "@/testing/runs/source-owner";
import { until } from "@/testing/runs/until";
import type { S3DestinationInput } from "../destinations/s3/settings";
import { pumpFile } from "../pump/pump";
import { getSource, queryRows } from "./client";
import { type EncodedQuery, encodeQuery } from "./encode";
import { sourceFailure } from "./errors";
import { openEncoded } from "./open-encoded";

const window = { start: new Date("2025-02-01T00:00:00Z"), end: new Date("2025-02-01T01:00:00Z") };
const ROWS = 20_000;
const BYTES = 3000;

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
  await fillWindow(project.sourceProjectId, window, { rows: ROWS, bytes: BYTES });
});
afterAll(() => project.close());

function encoded(destination: Partial<S3DestinationInput>) {
  const [table] = tablesOf({ sourceProjectId: project.sourceProjectId, window, destination });
  const { written } = table!;
  return { query: encodeQuery(written), encoding: written.encoding };
}

const FILES: Partial<S3DestinationInput>[] = [
  { format: "jsonl", compression: "none" },
  { format: "jsonl", compression: "gzip" },
  { format: "jsonl", compression: "zstd" },
  { format: "csv", compression: "none" },
  { format: "csv", compression: "gzip" },
  { format: "xml", compression: "none" },
  { format: "parquet", compression: "zstd" },
];
const each = FILES.map((destination) => [`${destination.format}, ${destination.compression}`, destination] as const);

/** Counts running queries of Penstock's user that contain `marker`. */
async function running(marker: string): Promise<number> {
  const answer = await sourceOwner().query({
    query: "SELECT query FROM system.processes WHERE user = {user:String}",
    query_params: { user: process.env.CLICKHOUSE_USERNAME },
    format: "JSONEachRow",
  });
  return (await answer.json<{ query: string }>()).filter(({ query }) => query.includes(marker)).length;
}

const untilRunning = (marker: string, count: number) =>
  until(`${count} queries ran`, async () => (await running(marker)) === count);

/** Pumps a file to nowhere; returns whether its body ended as a whole file does. */
async function pumped(query: EncodedQuery, encoding: ReturnType<typeof encoded>["encoding"]) {
  let whole = false;
  const put = async (body: Readable) => {
    for await (const _ of body);
    whole = true;
    return { etag: "", encryption: null };
  };
  const { signal } = new AbortController();
  const open = (stop: AbortSignal) => openEncoded(getSource(), query, stop);
  const result = await pumpFile({ open, encoding, expectedRows: ROWS, put, signal }).then(
    ({ rows }) => rows,
    (error: Error) => error,
  );
  return { result, whole };
}

describe("a file", () => {
  it.each(each)("is streamed whole (%s)", async (_, destination) => {
    const { query, encoding } = encoded(destination);
    expect(await pumped(query, encoding)).toEqual({ result: ROWS, whole: true });
  });

  it.each(each)("never looks complete when its query fails in the middle (%s)", async (_, destination) => {
    const { query, encoding } = encoded(destination);
    const failing = `FROM (SELECT * FROM events WHERE throwIf(distinct_id = '${ROWS - 2000}') = 0) AS events`;
    const sql = query.sql.replace("FROM events", failing);
    expect(sql).not.toBe(query.sql);
    const { result, whole } = await pumped({ ...query, sql }, encoding);
    expect(whole).toBe(false);
    expect(result).toMatchObject({ name: "ExportError", failure: { retryable: true } });
  });

  it("begins to arrive before its query has ended, and others run meanwhile", async () => {
    const stop = new AbortController();
    const { query } = encoded({ compression: "none" });
    const endless = query.sql.replace(
      "FROM events WHERE",
      "FROM (SELECT * FROM events, (SELECT ip AS endless FROM events LIMIT 1000) o) AS events WHERE",
    );
    const unordered = endless.replace(/ORDER BY .* FORMAT/, "FORMAT");
    const streams = await Promise.all(
      [1, 2, 3].map(() => openEncoded(getSource(), { ...query, sql: unordered }, stop.signal)),
    );
    for (const stream of streams) stream.on("error", () => {});
    await Promise.all(streams.map((stream) => once(stream, "data")));
    expect(await running("AS endless")).toBe(3);
    const lines = (await buffer(await openEncoded(getSource(), query))).toString().split("\n");
    expect(lines).toHaveLength(ROWS + 1);
    stop.abort();
    await untilRunning("AS endless", 0);
  });
});

describe("a query", () => {
  // Reads only tables that Penstock's user may read, and takes minutes to return anything.
  const SLOW =
    "SELECT max(cityHash64(e.uuid, o.uuid, repeat(e.properties, 3))) AS slow FROM events e, (SELECT uuid FROM events LIMIT 5000) o";

  it("ends when nobody waits for it any more, though Penstock's user may not see what runs", async () => {
    await expect(queryRows(getSource(), "SELECT count() FROM system.processes")).rejects.toMatchObject({
      failure: { code: "source_permission" },
    });
    const stop = new AbortController();
    const answer = queryRows(getSource(), SLOW, { settings: { max_block_size: "1000" }, signal: stop.signal }).catch(
      (error: Error) => error,
    );
    await untilRunning("AS slow", 1);
    stop.abort();
    expect(await answer).toBeInstanceOf(Error);
    await untilRunning("AS slow", 0);
  });

  it("that is killed at the source fails, and is worth another try", async () => {
    const answer = queryRows(getSource(), SLOW, { settings: { max_block_size: "1000" } }).catch(
      (error: Error) => error,
    );
    await untilRunning("AS slow", 1);
    await sourceOwner().command({ query: "KILL QUERY WHERE query LIKE '%AS slow%' AND query NOT LIKE 'KILL%' SYNC" });
    expect(await answer).toMatchObject({ failure: { code: "source_error", retryable: true } });
  });

  it("can't write, not even for a user who may", async () => {
    const insert = getSource().plain.command({ query: "INSERT INTO events (project_id) VALUES (1)" });
    await expect(insert).rejects.toMatchObject({ type: expect.stringMatching(/READONLY|ACCESS_DENIED/) });
  });

  it("overrides the execution time of the user's profile, which a large window may exceed", async () => {
    const [row] = await queryRows<{ limit: string }>(getSource(), "SELECT getSetting('max_execution_time') AS limit");
    expect(Number(row?.limit)).toBe(0);
  });

  it("of a user with readonly = 1 is refused with the fix", async () => {
    const session = { session_id: randomUUID() };
    await sourceOwner().command({ query: "SET readonly = 1", ...session });
    const clickhouse_settings = { max_execution_time: 7 };
    const refused = sourceOwner().query({ query: "SELECT 1", clickhouse_settings, ...session });
    const error = await refused.catch((thrown: unknown) => sourceFailure(thrown));
    expect(error).toMatchObject({ failure: { code: "source_readonly", fix: expect.stringContaining("readonly = 2") } });
  });
});
