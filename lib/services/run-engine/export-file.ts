import { and, eq, lte, ne, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runFiles } from "@/lib/db/schema";
import type { FileRow, FileToSend } from "./draft-files";
import { superseded } from "./fence";
import { type LoadedRun, loadRun } from "./load";
import { type LogLine, linesWith, logRun } from "./log";
import { pinUnpinned } from "./pin-unpinned";
import { renameFile } from "./rename-file";
import { beginsLine } from "./save-plan";
import { fileGone, sendFile, type Try } from "./send-file";

export interface FileRef {
  runId: string;
  planVersion: number;
  index: number;
}

const isFile = ({ runId, planVersion, index }: Pick<FileToSend, keyof FileRef>) =>
  and(eq(runFiles.runId, runId), eq(runFiles.planVersion, planVersion), eq(runFiles.index, index));

/**
 * Exports one planned file and writes what was measured into the ledger. A file that is done already is left as it is.
 * Throws an `ExportError`; with the code `plan_mismatch` when the source has other rows than the plan by now.
 */
export async function exportFile(ref: FileRef, current: Try): Promise<void> {
  const loaded = await pinUnpinned(await loadRun(ref.runId));
  const file = await begin(loaded, ref, current);
  if (file) await writeFile(loaded, file, current);
}

/** Sends a file that is begun and writes what was measured into the ledger. Answers with the file. Throws an `ExportError`. */
export async function writeFile(loaded: LoadedRun, file: FileToSend, current: Try): Promise<FileRow> {
  const began = performance.now();
  const measured = await sendFile(loaded, file, current);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const isCurrent = and(
    isFile(file),
    eq(runFiles.key, file.key),
    eq(runFiles.attempt, current.attempt),
    eq(runFiles.state, "Running"),
  );
  const attempt = current.attempt || 1;
  const lines = linesOf(loaded, measured, seconds).map((line) => ({ ...line, attempt, file: file.key }));
  const [done] = await getDb()
    .with(linesWith(loaded.run, lines, sql`${runFiles} where ${isCurrent}`))
    .update(runFiles)
    .set({ ...measured, attempt, state: "Completed", error: null, finishedAt: sql`now()` })
    .where(isCurrent)
    .returning();
  if (!done) throw superseded();
  return done;
}

type Measured = Awaited<ReturnType<typeof sendFile>>;

function linesOf({ spec }: LoadedRun, { rows, bytes, encryption }: Measured, seconds: string): LogLine[] {
  const { destination } = spec;
  const wrote: LogLine = { level: "info", message: `Wrote ${rows} rows, ${bytes} bytes in ${seconds} s.` };
  const asked = destination.type === "s3" ? destination.encryption : "none";
  if (asked === "none" || encryption?.algorithm === asked) return [wrote];
  const answered = encryption ? `says ${encryption.algorithm}` : "says nothing of any encryption";
  const ignored = `The storage ${answered}, though ${asked} was asked for: it may have ignored the wish.`;
  return [wrote, { level: "warn", message: ignored }];
}

const find = async (ref: FileRef) => (await getDb().select().from(runFiles).where(isFile(ref)))[0];

/** Marks a file as under way; nothing when it is done already. Throws when the plan no longer has it. */
async function begin(loaded: LoadedRun, ref: FileRef, { attempt }: Try): Promise<FileRow | null> {
  const { run } = loaded;
  const before = attempt > 1 ? await find(ref) : undefined;
  const [begun] = await getDb()
    .update(runFiles)
    .set({ state: "Running", attempt, startedAt: sql`now()` })
    .where(and(isFile(ref), ne(runFiles.state, "Completed"), lte(runFiles.attempt, attempt)))
    .returning();
  // An object under the key of a try whose outcome nobody knows may appear at any later moment.
  const file = begun?.sentAt ? await renameFile(loaded, begun) : begun;
  if (!file) {
    if ((await find(ref))?.state === "Completed") return null;
    throw fileGone();
  }
  // A try that left no word ended with its worker.
  if (before?.state === "Running" && before.attempt < attempt)
    await logRun(run, {
      ...{ attempt, file: file.key },
      level: "warn",
      message: `Attempt ${before.attempt || 1} ended without a word; trying again.`,
    });
  await logRun(run, { ...beginsLine(file), attempt });
  return file;
}
