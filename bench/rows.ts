import type { ClickHouseClient } from "@clickhouse/client";
import { generateSample } from "../local/sample/generate";

/** The one day that everything is measured on. */
export const day = { start: new Date("2026-03-02T00:00:00Z"), end: new Date("2026-03-03T00:00:00Z") };

/** Fills one day of a project with about `wanted` rows, unless a bench before did; answers with how many there are. */
export async function ensureRows(client: ClickHouseClient, sourceProjectId: number, wanted: number): Promise<number> {
  const have = await countDay(client, sourceProjectId);
  if (have > 0) return have;
  const options = { sourceProjectId, days: 1, events: wanted, now: new Date(day.end.getTime() - 1) };
  await generateSample(client, options);
  return countDay(client, sourceProjectId);
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
