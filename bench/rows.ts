import type { ClickHouseClient } from "@clickhouse/client";
import { generateSample } from "../local/sample/generate";

/** The day that every bench exports. */
export const day = { start: new Date("2026-03-02T00:00:00Z"), end: new Date("2026-03-03T00:00:00Z") };

/**
 * How the day's rows are spread over ClickHouse's parts. `overlapping`: each part holds some of every hour, as after a
 * bulk import. `timely`: parts follow each other in time and overlap by seconds, as an ingestion pipeline leaves them.
 */
export const DATA_SETS = { overlapping: 1, timely: 2 } as const;
export type DataSet = keyof typeof DATA_SETS;

/** Rows per part: a typical insert of a pipeline. */
const PART = 100_000;
/** The maximum by which rows are out of order, in ms. */
const DISORDER = 5000;

/** Creates about `wanted` rows of the day in each data set unless an earlier bench did. Returns their number. */
export async function ensureRows(client: ClickHouseClient, wanted: number): Promise<number> {
  // Merges would turn one data set into the other, at a different time in each bench.
  await client.command({
    query:
      "ALTER TABLE events MODIFY SETTING max_bytes_to_merge_at_max_space_in_pool = 1, max_bytes_to_merge_at_min_space_in_pool = 1",
  });
  const { overlapping, timely } = DATA_SETS;
  if ((await countDay(client, overlapping)) === 0)
    await generateSample(client, {
      sourceProjectId: overlapping,
      days: 1,
      events: wanted,
      now: new Date(day.end.getTime() - 1),
    });
  const rows = await countDay(client, overlapping);
  if ((await countDay(client, timely)) !== rows) await copyInOrder(client, Math.ceil(rows / PART));
  const copied = await countDay(client, timely);
  if (copied !== rows) throw new Error(`${copied} of ${rows} rows were copied into the timely data set.`);
  return rows;
}

/** Copies the overlapping rows part by part, each with the rows of its own time range. */
async function copyInOrder(client: ClickHouseClient, parts: number): Promise<void> {
  const { overlapping, timely } = DATA_SETS;
  await client.command({ query: `ALTER TABLE events DELETE WHERE project_id = ${timely} SETTINGS mutations_sync = 1` });
  const arrival = `toUnixTimestamp64Milli(inserted_at) + cityHash64(uuid) % ${DISORDER}`;
  const bounds = await client.query({
    query: `SELECT quantiles(${Array.from({ length: parts - 1 }, (_, i) => (i + 1) / parts).join(", ") || "1"})(${arrival}) AS at FROM events WHERE project_id = ${overlapping}`,
    format: "JSONEachRow",
  });
  const [{ at }] = (await bounds.json()) as [{ at: number[] }];
  const edges = [day.start.getTime(), ...at.slice(0, parts - 1).map(Math.round), day.end.getTime() + DISORDER];
  for (const [index, from] of edges.slice(0, -1).entries()) {
    await client.command({
      query:
        `INSERT INTO events SELECT ${timely}, * EXCEPT project_id FROM events WHERE project_id = ${overlapping} ` +
        `AND ${arrival} >= ${from} AND ${arrival} < ${edges[index + 1]} ` +
        // The plain comparison limits what ClickHouse reads.
        `AND inserted_at >= fromUnixTimestamp64Milli(${from - DISORDER}) AND inserted_at < fromUnixTimestamp64Milli(${edges[index + 1]})`,
      clickhouse_settings: {
        max_insert_threads: "1",
        min_insert_block_size_bytes: "0",
        min_insert_block_size_rows: "10000000",
      },
    });
  }
}

async function countDay(client: ClickHouseClient, sourceProjectId: number): Promise<number> {
  const result = await client.query({
    query:
      "SELECT count() AS rows FROM events WHERE project_id = {project:UInt32} " +
      "AND inserted_at >= {start:DateTime64(3, 'UTC')} AND inserted_at < {end:DateTime64(3, 'UTC')}",
    query_params: { project: sourceProjectId, start: day.start, end: day.end },
    format: "JSONEachRow",
  });
  const [row] = await result.json<{ rows: string }>();
  return Number(row?.rows ?? 0);
}
