import type { ClickHouseClient } from "@clickhouse/client";
import { eventsQuery, PAST_VISITS } from "./events";
import { mergedIdsQuery, personsQuery } from "./people";
import { busyHours } from "./rhythm";

export type SampleOptions = {
  /** The `project_id` in the source tables. */
  sourceProjectId: number;
  /** How far back the events go. */
  days?: number;
  /** Number of events, within one percent. */
  events?: number;
  /** Nothing is ingested after this time. The same time gives the same rows. */
  now?: Date;
};

/** Average steps per visit. */
const STEPS_PER_VISIT = 8;

/**
 * Fills the source tables with realistic product data: visits with a daily and weekly rhythm up to `now`, persons, and
 * merged ids. Takes seconds, inside ClickHouse. Throws ClickHouseError.
 */
export async function generateSample(client: ClickHouseClient, options: SampleOptions): Promise<void> {
  const { sourceProjectId, days = 14, events = 1_200_000, now = new Date() } = options;
  const project = { project: sourceProjectId, now: now.toISOString().replace("T", " ").replace("Z", "") };
  await client.command({
    query: eventsQuery(PAST_VISITS),
    query_params: { ...project, visits: Math.ceil(events / STEPS_PER_VISIT), hours: busyHours(now, days) },
    // Small blocks need little memory (a visit becomes many rows), and parts hold adjacent times.
    clickhouse_settings: {
      max_block_size: "4096",
      min_insert_block_size_rows: "100000",
      min_insert_block_size_bytes: "0",
    },
  });
  const span = { ...project, span: days * 86_400 };
  await client.command({ query: personsQuery(), query_params: span });
  await client.command({ query: mergedIdsQuery(), query_params: span });
}

/** Whether the project has no events. */
export async function isEmpty(client: ClickHouseClient, sourceProjectId: number): Promise<boolean> {
  const result = await client.query({
    query: "SELECT 1 FROM events WHERE project_id = {project:UInt32} LIMIT 1",
    query_params: { project: sourceProjectId },
    format: "JSONEachRow",
  });
  return (await result.json()).length === 0;
}
