import { getDb } from "@/lib/db/client";
import { dbNow } from "@/lib/db/now";
import type { ExportRow } from "@/lib/db/rows";
import { invalidField } from "@/lib/errors";
import type { Coverage } from "@/lib/schemas/run";
import type { Actor } from "@/lib/services/access";
import { loadExport } from "@/lib/services/exports";
import { timelineOf } from "@/lib/services/schedules";
import { countWindows, type Window } from "@/lib/windows";
import { listWindows } from "./list-windows";
import { loadCoverage } from "./load";

const MAX_WINDOWS = 10_000;

/** The state of each window in a range, from the ledger alone. Throws a 422 above 10,000 windows. */
export async function getCoverage(
  actor: Actor,
  input: { exportId: string; from: string; to: string },
): Promise<Coverage[]> {
  return coverageOf(await loadExport(actor, input.exportId), input);
}

/** The same for a loaded export. */
export async function coverageOf(exported: ExportRow, range: { from: string; to: string }): Promise<Coverage[]> {
  const windows = await boundedWindows(exported, { start: new Date(range.from), end: new Date(range.to) });
  return loadCoverage(exported, windows, await dbNow(getDb()));
}

async function boundedWindows(exported: ExportRow, range: Window): Promise<Window[]> {
  if (range.end <= range.start) throw invalidField("to", "Must be after the start of the range.");
  if (countWindows(timelineOf(exported), range, exported) > MAX_WINDOWS) {
    const most = MAX_WINDOWS.toLocaleString("en-US");
    throw invalidField("to", `The range has too many windows. Choose a range of at most ${most}.`);
  }
  return listWindows(timelineOf(exported), range, exported);
}
