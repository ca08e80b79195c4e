import { getDb } from "@/lib/db/client";
import { dbNow } from "@/lib/db/now";
import type { ExportRow } from "@/lib/db/rows";
import { writingOf } from "@/lib/destinations/writing";
import { ExportError, invalidField } from "@/lib/errors";
import type { CreateHistoricExport } from "@/lib/schemas/historic-export";
import { type Actor, loadProject } from "@/lib/services/access";
import { getSource } from "@/lib/source/client";
import { firstArrival } from "@/lib/source/first-arrival";
import { utc } from "@/lib/utc";
import { type HistoricRange, historicRange, startingWith } from "./range";

/** Maximum number of windows to export if the source has no rows in them or can't report its first. */
const WITHOUT_ROWS = 10_000;

/**
 * A historic export's effective range, without the windows before the source's first row. Throws a 422 if nothing
 * remains, or if more than `WITHOUT_ROWS` windows have no row.
 */
export async function fromFirstRow(
  actor: Actor,
  exported: ExportRow,
  input: CreateHistoricExport,
  signal?: AbortSignal,
): Promise<HistoricRange> {
  const range = historicRange(exported, input, await dbNow(getDb()));
  const first = await lookUp(actor, exported, range, signal);
  if (first) return startingWith(exported, range, first);
  if (range.windows > WITHOUT_ROWS) throw empty(range);
  return range;
}

async function lookUp(actor: Actor, exported: ExportRow, range: HistoricRange, signal?: AbortSignal) {
  const { sourceProjectId } = await loadProject(actor, exported.projectId);
  const models = writingOf(exported.destination).tables(exported.model);
  try {
    return await firstArrival(getSource(), { models, sourceProjectId, end: range.end }, signal);
  } catch (error) {
    // If the source is unavailable now, each run asks it again.
    if (error instanceof ExportError && range.windows <= WITHOUT_ROWS) return null;
    throw error;
  }
}

function empty({ windows, end }: HistoricRange) {
  const count = windows.toLocaleString("en-US");
  return invalidField(
    "start",
    `Choose a later start: the range has ${count} windows, and the source has no rows before ${utc(end)}.`,
  );
}
