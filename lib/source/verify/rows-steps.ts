import { events } from "@/lib/rows/tables/events";
import { rowHash } from "@/lib/rows/tables/row-hash";
import { ExportError } from "../../errors";
import { queryRows, type Source } from "../client";
import { passed, type Seen, type SourceStep } from "./step";

/** Rows read to measure speed. */
const SPEED_ROWS = 200_000;
/** How far back to look for repeated ids, in hours, and for how long, in seconds. */
const [HOURS, SECONDS] = [24, 15];

export const speedStep = (source: Source, signal: AbortSignal): SourceStep => ({
  name: "Speed",
  needs: ["Table events"],
  async run(): Promise<Seen> {
    const began = performance.now();
    const [row] = await queryRows<{ rows: string; bytes: string }>(
      source,
      `SELECT count() AS rows, sum(byteSize(${events.columns.map(({ name }) => name).join(", ")})) AS bytes, sum(${rowHash(events)}) AS hash FROM (SELECT * FROM events LIMIT ${SPEED_ROWS})`,
      { settings: { max_execution_time: 60 }, signal },
    );
    const seconds = (performance.now() - began) / 1000;
    const rows = Number(row?.rows ?? 0);
    if (rows === 0) return { status: "unknown", message: "events has no rows yet, so its speed is unknown." };
    const megabytes = Number(row?.bytes ?? 0) / 1e6;
    return passed(
      `Read ${rows.toLocaleString("en-US")} rows, ${megabytes.toFixed(0)} MB, in ${seconds.toFixed(1)} s: ${Math.round(rows / seconds).toLocaleString("en-US")} rows a second.`,
    );
  },
});

/** Whether ids repeat, as in tables that remove duplicates only on merge. */
export const duplicatesStep = (source: Source, isDeduplicated: boolean, signal: AbortSignal): SourceStep => ({
  name: "Duplicates",
  needs: ["Table events"],
  async run(): Promise<Seen> {
    const repeated = await countRepeated(source, signal);
    if (repeated === null)
      return { status: "unknown", message: `Repeated IDs couldn't be counted within ${SECONDS} s.` };
    const count = repeated.toLocaleString("en-US");
    if (repeated === 0) return passed(`No ID of events repeats in the last ${HOURS} hours.`);
    if (isDeduplicated)
      return passed(
        `${count} rows of the last ${HOURS} hours have a repeated ID. Only the first row of each ID is exported.`,
      );
    return {
      status: "skipped",
      message: `${count} rows of events in the last ${HOURS} hours have a repeated ID. All of them are exported, and a merge that removes some changes the window.`,
      fix: "Turn on “One row per ID”, or create a view that reads the table with FINAL.",
    };
  },
});

/** Rows that repeat an id; null if counting them exceeds the source's limits. */
async function countRepeated(source: Source, signal: AbortSignal): Promise<number | null> {
  try {
    const [row] = await queryRows<{ rows: string; ids: string }>(
      source,
      `SELECT count() AS rows, uniqExact(project_id, uuid) AS ids FROM events WHERE inserted_at >= now() - INTERVAL ${HOURS} HOUR`,
      { settings: { max_execution_time: SECONDS }, signal },
    );
    return Number(row?.rows ?? 0) - Number(row?.ids ?? 0);
  } catch (error) {
    if (error instanceof ExportError && TOO_MUCH.has(error.failure.code)) return null;
    throw error;
  }
}

const TOO_MUCH = new Set(["source_timeout", "source_limit", "source_memory"]);
