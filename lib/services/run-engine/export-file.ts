import { and, eq, lte, ne, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runFiles } from "@/lib/db/schema";
import { superseded } from "./fence";
import { type LoadedRun, loadRun } from "./load";
import { logRun } from "./log";
import { pinUnpinned } from "./pin-unpinned";
import { renameFile } from "./rename-file";
import { fileGone, sendFile, type Try } from "./send-file";

export interface FileRef {
  runId: string;
  planVersion: number;
  index: number;
}

type FileRow = typeof runFiles.$inferSelect;

const isFile = ({ runId, planVersion, index }: FileRef) =>
  and(eq(runFiles.runId, runId), eq(runFiles.planVersion, planVersion), eq(runFiles.index, index));

/**
 * Exports one planned file and writes what was measured into the ledger. A file that is done already is left as it is.
 * Throws an `ExportError`; with the code `plan_mismatch` when the source has other rows than the plan by now.
 */
export async function exportFile(ref: FileRef, current: Try): Promise<void> {
  const loaded = await pinUnpinned(await loadRun(ref.runId));
  const began = performance.now();
  const file = await begin(loaded, ref, current);
  if (!file) return;
  const measured = await sendFile(loaded, file, current);
  const [done] = await getDb()
    .update(runFiles)
    .set({ ...measured, state: "Completed", error: null, finishedAt: sql`now()` })
    .where(
      and(
        isFile(ref),
        eq(runFiles.key, file.key),
        eq(runFiles.attempt, current.attempt),
        eq(runFiles.state, "Running"),
      ),
    )
    .returning({ key: runFiles.key });
  if (!done) throw superseded();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const message = `Wrote ${measured.rows} rows, ${measured.bytes} bytes in ${seconds} s.`;
  await logRun(loaded.run, { level: "info", attempt: current.attempt, file: file.key, message });
  const { destination } = loaded.spec;
  const asked = destination.type === "s3" ? destination.encryption : "none";
  if (asked === "none" || measured.encryption?.algorithm === asked) return;
  const answered = measured.encryption ? `says ${measured.encryption.algorithm}` : "says nothing of any encryption";
  const ignored = `The storage ${answered}, though ${asked} was asked for: it may have ignored the wish.`;
  await logRun(loaded.run, { level: "warn", attempt: current.attempt, file: file.key, message: ignored });
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
  const line = { attempt, file: file.key };
  // A try that left no word ended with its worker.
  if (before?.state === "Running" && before.attempt < attempt)
    await logRun(run, {
      ...line,
      level: "warn",
      message: `Attempt ${before.attempt} ended without a word; trying again.`,
    });
  await logRun(run, { ...line, level: "debug", message: `Begins to write ${file.expectedRows} rows.` });
  return file;
}
