import { and, eq, inArray, min } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import type { ConnectionRow, ExportRow } from "@/lib/db/rows";
import { runs } from "@/lib/db/schema";
import { writesTables } from "@/lib/destinations/catalog";
import { tablesOfSpec } from "@/lib/destinations/tables";
import { activeStates } from "@/lib/fields/run-state";
import type { Dependencies } from "@/lib/services/dependencies";
import { isResting } from "@/lib/services/schedules";
import { isExportSchedule, listSchedules } from "@/lib/temporal/listed-schedules";
import { scheduleHash } from "@/lib/temporal/schedules";
import { loadExport, withOpened } from "./load-export";

export interface Live {
  spec: ExportRow;
  connection: ConnectionRow;
}

/** What Temporal knows of an export's schedule. */
export interface KnownSchedule {
  paused: boolean;
  /** Null if it can't be read. */
  madeFrom: string | null;
}

/** The exports' schedules in Temporal, by export. */
export async function knownSchedules({ temporal }: Dependencies): Promise<Map<string, KnownSchedule>> {
  const known = new Map<string, KnownSchedule>();
  for await (const { paused, madeFrom, ...listed } of listSchedules(temporal))
    if (isExportSchedule(listed)) known.set(listed.id, { paused, madeFrom });
  return known;
}

/**
 * Why an export of a restored database should not run before somebody has looked, as a sentence: Temporal remembers
 * that it was deleted, paused, or rescheduled since. Null if nothing speaks against it.
 */
export function doubtOf({ spec, connection }: Live, known: KnownSchedule | undefined): string | null {
  if (spec.schedule.every === "once" || isResting(spec, connection)) return null;
  if (!known) return "Temporal has no schedule for it, so it was probably deleted after the backup.";
  if (known.paused) return "It or its connection was paused after the backup.";
  if (known.madeFrom !== null && known.madeFrom !== scheduleHash(spec))
    return "Its schedule was changed after the backup.";
  return null;
}

/** Longest wait for a warehouse's answer, in ms. */
const PATIENCE = 60_000;

/**
 * Why an export that appends to a table should not run: the table holds rows of runs that the ledger doesn't know, or
 * can't be asked. Null for every other export.
 */
export async function tableDoubtOf(db: Db, { spec }: Live): Promise<string | null> {
  const { destination } = spec;
  if (!writesTables(destination) || destination.commitMode !== "append") return null;
  const range = { start: await firstUnknown(db, spec), end: new Date() };
  try {
    const counted = await withOpened(await loadExport(db, spec.id), async ({ tables }) => {
      const all = tablesOfSpec(spec).map(({ table }) => tables!.count(table, range, AbortSignal.timeout(PATIENCE)));
      return (await Promise.all(all)).flatMap((found) => ("gone" in found ? [] : found));
    });
    const unknown = await unknownRuns(db, [...new Set(counted.map(({ runId }) => runId))]);
    if (unknown.size === 0) return null;
    const rows = counted.reduce((sum, one) => sum + (unknown.has(one.runId) ? one.rows : 0), 0);
    return `Its table has ${rows.toLocaleString("en-US")} rows in windows since ${range.start.toISOString()} that this database doesn't know. Exporting these windows again would append the rows twice.`;
  } catch (error) {
    return `Querying its table for rows of runs that this database doesn't know failed: ${(error as Error).message}`;
  }
}

/** The start of the first window that may have been committed since: the next due one, or one that was under way. */
async function firstUnknown(db: Db, { id, dueFrom }: ExportRow): Promise<Date> {
  const [row] = await db
    .select({ start: min(runs.intervalStart) })
    .from(runs)
    .where(and(eq(runs.exportId, id), inArray(runs.state, activeStates)));
  return row?.start && row.start < dueFrom ? row.start : dueFrom;
}

async function unknownRuns(db: Db, ids: string[]): Promise<Set<string>> {
  const isCommitted = and(inArray(runs.id, ids), eq(runs.state, "Completed"));
  const rows = ids.length === 0 ? [] : await db.select({ id: runs.id }).from(runs).where(isCommitted);
  const known = new Set(rows.map(({ id }) => id));
  return new Set(ids.filter((id) => !known.has(id)));
}
