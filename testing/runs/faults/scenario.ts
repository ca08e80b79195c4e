import type { Window } from "@/lib/windows";
import { sourceOwner } from "../source-owner";

/** What a scenario does before the troubled run, and its rows. */
export interface Scenario {
  /** Rows of the window before anything runs. */
  rows: number;
  /** Properties of each row, in bytes: several MiB in a window upload in parts. */
  bytes: number;
  /** Whether the window was already committed. */
  committed: boolean;
  /** Rows that arrived after that. */
  late: number;
  /** Whether the export has moved since, and another took its folder. */
  moved: boolean;
  /** For exports to a bucket. */
  layout: "template" | "hive" | "amplitude";
  /**
   * File size limit in a bucket: several files are written and committed in separate steps; a small one by the step
   * that plans.
   */
  maxFileSizeMb?: number;
}

const plain: Scenario = { rows: 5, bytes: 20, committed: false, late: 0, moved: false, layout: "template" };
/** Slightly more than one 5 MiB part, so that there are two. */
const large = { rows: 3, bytes: 2_000_000 };

/** Several files of some hundred KiB. */
const inSteps = { rows: 4, bytes: 600_000, maxFileSizeMb: 1 };

export const S3_SCENARIOS: Record<string, Scenario> = {
  "first run": plain,
  "first run in parts": { ...plain, ...large },
  "first run in steps": { ...plain, ...inSteps },
  "retry with late rows": { ...plain, committed: true, late: 3 },
  "retry with late rows in steps": { ...plain, ...inSteps, committed: true, late: 3 },
  "retry with late rows in parts": { ...plain, ...large, committed: true, late: 3 },
  "retry with late rows, Amplitude's names": { ...plain, committed: true, late: 3, layout: "amplitude" },
  "retry with late rows, Hive's folders": { ...plain, committed: true, late: 3, layout: "hive" },
  "retry unchanged": { ...plain, committed: true },
  "retry after another export took the folder": { ...plain, committed: true, moved: true },
};

export const TABLE_SCENARIOS: Record<string, Scenario> = {
  "first run": plain,
  "retry with late rows": { ...plain, committed: true, late: 3 },
  "retry unchanged": { ...plain, committed: true },
};

/** Ids of the source's rows in a window. */
export async function uuidsOf(sourceProjectId: number, { start, end }: Window): Promise<string[]> {
  const result = await sourceOwner().query({
    query: `SELECT toString(uuid) AS id FROM events WHERE project_id = {project:UInt32}
      AND inserted_at >= fromUnixTimestamp64Milli({start:Int64}) AND inserted_at < fromUnixTimestamp64Milli({end:Int64})`,
    query_params: { project: sourceProjectId, start: start.getTime(), end: end.getTime() },
    format: "JSONEachRow",
  });
  return (await result.json<{ id: string }>()).map(({ id }) => id);
}
