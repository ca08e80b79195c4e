import { dbNow } from "@/lib/db/now";
import { invalid } from "@/lib/errors";
import type { Coverage } from "@/lib/schemas/run";
import type { Actor } from "@/lib/services/auth/actor";
import { type ExportRow, loadExport } from "@/lib/services/exports/load";
import { timelineOf } from "@/lib/services/exports/timeline";
import { type Window, windowsIn } from "@/lib/windows";
import { loadCoverage } from "./load";

const MAX_WINDOWS = 10_000;

/** Which windows of a range are committed, from the ledger alone. Refuses a range of over 10,000 windows. */
export async function getCoverage(
  actor: Actor,
  input: { exportId: string; from: string; to: string },
): Promise<Coverage[]> {
  const exported = await loadExport(actor, input.exportId);
  const windows = boundedWindows(exported, { start: new Date(input.from), end: new Date(input.to) });
  return loadCoverage(exported, windows, await dbNow());
}

function boundedWindows(exported: ExportRow, range: Window): Window[] {
  if (range.end <= range.start) throw refuse("must be after from");
  const windows: Window[] = [];
  for (const window of windowsIn(timelineOf(exported), range, exported)) {
    windows.push(window);
    if (windows.length > MAX_WINDOWS)
      throw refuse(`is too far from the start: at most ${MAX_WINDOWS} windows are answered at once`);
  }
  return windows;
}

const refuse = (message: string) => invalid(`to ${message}`, [{ path: "to", message }]);
