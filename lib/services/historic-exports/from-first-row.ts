import { dbNow } from "@/lib/db/now";
import type { ExportRow } from "@/lib/db/rows";
import { writingOf } from "@/lib/destinations/writing";
import { ExportError, invalid } from "@/lib/errors";
import type { CreateHistoricExport } from "@/lib/schemas/historic-export";
import { type Actor, loadProject } from "@/lib/services/access";
import { firstArrival } from "@/lib/source/first-arrival";
import { type HistoricRange, historicRange, startingWith } from "./range";

/** Windows that may be exported of a source that has no row in them, or doesn't say when its first row arrived. */
const WITHOUT_ROWS = 10_000;

/**
 * The range that a historic export really has: without the windows before the source's first row. Throws a 422 that says why nothing is
 * left of it, or that a great many windows have no row.
 */
export async function fromFirstRow(
  actor: Actor,
  exported: ExportRow,
  input: CreateHistoricExport,
  signal?: AbortSignal,
): Promise<HistoricRange> {
  const range = historicRange(exported, input, await dbNow());
  const first = await lookUp(actor, exported, range, signal);
  if (first) return startingWith(exported, range, first);
  if (range.windows > WITHOUT_ROWS) throw empty(range);
  return range;
}

async function lookUp(actor: Actor, exported: ExportRow, range: HistoricRange, signal?: AbortSignal) {
  const { sourceProjectId } = await loadProject(actor, exported.projectId);
  const models = writingOf(exported.destination).tables(exported.model);
  try {
    return await firstArrival({ models, sourceProjectId, end: range.end }, signal);
  } catch (error) {
    // A source that can't be asked now is asked again by each run.
    if (error instanceof ExportError && range.windows <= WITHOUT_ROWS) return null;
    throw error;
  }
}

function empty({ windows, end }: HistoricRange) {
  const count = windows.toLocaleString("en-US");
  const message = `must lie closer to the source's rows: this range has ${count} windows, and the source has no row before ${end.toISOString()}`;
  return invalid(`start ${message}`, [{ path: "start", message }]);
}
