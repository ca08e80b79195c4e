import { beginFiles } from "./begin-files";
import { superseded } from "./fence";
import { finishFiles } from "./finish-files";
import { loadRun } from "./load";
import { pinUnpinned } from "./pin-unpinned";
import { sendFile, type Try } from "./send-file";

export interface FileRef {
  runId: string;
  planVersion: number;
  index: number;
}

/**
 * Exports one planned file and writes what was measured into the ledger. A file that is done already is left as it is.
 * Throws an `ExportError`; with the code `plan_mismatch` when the source has other rows than the plan by now.
 */
export async function exportFile({ runId, planVersion, index }: FileRef, current: Try): Promise<void> {
  const loaded = await pinUnpinned(await loadRun(runId));
  const began = performance.now();
  const [file] = await beginFiles(loaded, { runId, planVersion, indexes: [index] }, current);
  if (file instanceof Error) throw file;
  if (!file) return;
  const measured = await sendFile(loaded, file, current);
  const [isDone] = await finishFiles(loaded, [{ file, measured, began }], current.attempt);
  if (!isDone) throw superseded();
}
