import { literal } from "./literal";
import { sourceOwner } from "./source-owner";

export interface MergedIdRow {
  scope: number;
  amplitude_id: bigint;
  merged_amplitude_id: bigint;
  /** Microseconds since the epoch, stored as whole milliseconds. */
  merge_time: number;
  inserted_at: number;
}

/** Inserts merged ids into a project of the source. */
export async function insertMergedIds(sourceProjectId: number, rows: readonly MergedIdRow[]): Promise<void> {
  const values = rows.map(
    (row) =>
      `(${sourceProjectId}, ${row.scope}, ${row.amplitude_id}, ${row.merged_amplitude_id}, ` +
      `${literal(row.merge_time).replace(/\d{3}'$/, "'")}, ${literal(row.inserted_at)})`,
  );
  const columns = "project_id, scope, amplitude_id, merged_amplitude_id, merge_time, inserted_at";
  await sourceOwner().command({ query: `INSERT INTO merged_ids (${columns}) VALUES ${values.join(", ")}` });
}
