import { and, eq, sql } from "drizzle-orm";
import type { RunFileRow } from "@/lib/db/rows";
import { runFiles } from "@/lib/db/schema";
import { encryptionOf } from "@/lib/destinations/connection";
import type { Dependencies } from "@/lib/services/dependencies";
import { type LogLine, linesWith } from "@/lib/services/ledger";
import { SECOND } from "@/lib/units";
import { superseded } from "../fence";
import { type LoadedRun, loadRun } from "../load";
import { pinUnpinned } from "../pin-unpinned";
import type { FileToSend } from "../plan/draft-files";
import { beginFiles } from "./begin-files";
import { sendFile, type Try } from "./send-file";

export interface FileRef {
  runId: string;
  planVersion: number;
  index: number;
}

const isFile = ({ runId, planVersion, index }: Pick<FileToSend, keyof FileRef>) =>
  and(eq(runFiles.runId, runId), eq(runFiles.planVersion, planVersion), eq(runFiles.index, index));

/**
 * Exports one planned file and records its measurements in the ledger. Skips a file that is already done. Throws an
 * `ExportError`; with the code `plan_mismatch` if the source's rows no longer match the plan.
 */
export async function exportFile(deps: Dependencies, ref: FileRef, current: Try): Promise<void> {
  const loaded = await pinUnpinned(deps.db, await loadRun(deps.db, ref.runId));
  const [file] = await beginFiles(deps.db, loaded, { ...ref, indexes: [ref.index] }, current);
  if (file instanceof Error) throw file;
  if (file) await writeFile(deps, loaded, file, current);
}

/**
 * Sends a file that has begun and records its measurements in the ledger. Returns the file. Throws an `ExportError`.
 */
export async function writeFile(
  deps: Dependencies,
  loaded: LoadedRun,
  file: FileToSend,
  current: Try,
): Promise<RunFileRow> {
  const began = performance.now();
  const measured = await sendFile(deps, loaded, file, current);
  const seconds = ((performance.now() - began) / SECOND).toFixed(1);
  const isCurrent = and(
    isFile(file),
    eq(runFiles.key, file.key),
    eq(runFiles.attempt, current.attempt),
    eq(runFiles.state, "Running"),
  );
  const attempt = current.attempt || 1;
  const lines = linesOf(loaded, measured, seconds).map((line) => ({ ...line, attempt, file: file.key }));
  const [done] = await deps.db
    .with(linesWith(deps.db, loaded.run, lines, sql`${runFiles} where ${isCurrent}`))
    .update(runFiles)
    .set({ ...measured, attempt, state: "Completed", error: null, finishedAt: sql`now()` })
    .where(isCurrent)
    .returning();
  if (!done) throw superseded();
  return done;
}

type Measured = Pick<Awaited<ReturnType<typeof sendFile>>, "rows" | "bytes" | "encryption">;

/** The run's log lines for a stored file. */
export function linesOf({ spec }: LoadedRun, { rows, bytes, encryption }: Measured, seconds: string): LogLine[] {
  const wrote: LogLine = { level: "info", message: `Wrote ${rows} rows, ${bytes} bytes in ${seconds} s.` };
  const asked = encryptionOf(spec.destination);
  if (asked === null || encryption?.algorithm === asked) return [wrote];
  const answered = encryption ? `says ${encryption.algorithm}` : "didn't mention encryption";
  const ignored = `The storage ${answered}, although ${asked} was requested. It might have ignored the request.`;
  return [wrote, { level: "warn", message: ignored }];
}
