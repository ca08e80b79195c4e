import { queryRows, type Source } from "./client";

/** How many days back to look for names, and how many to return. */
const DAYS = 30;
const MOST = 1000;

/** A project's actual event names, most frequent first. Throws an `ExportError`. */
export async function eventNames(source: Source, sourceProjectId: number): Promise<{ name: string; count: number }[]> {
  const rows = await queryRows<{ name: string; count: string }>(
    source,
    `SELECT event AS name, count() AS count FROM events ` +
      `WHERE project_id = {project:UInt32} AND inserted_at >= now() - INTERVAL ${DAYS} DAY ` +
      `GROUP BY event ORDER BY count() DESC, event LIMIT ${MOST}`,
    { params: { project: sourceProjectId }, settings: { max_execution_time: 20 } },
  );
  return rows.map(({ name, count }) => ({ name, count: Number(count) }));
}
