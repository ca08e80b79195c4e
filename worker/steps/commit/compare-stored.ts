import type { Db } from "@/lib/db/client";
import type { RunFileRow } from "@/lib/db/rows";
import type { ObjectStore } from "@/lib/destinations/types";
import { ExportError } from "@/lib/errors";
import type { Receipt } from "@/lib/fields/receipt";
import { logRun } from "@/lib/services/ledger";
import { reopenFiles } from "../files/reopen-files";
import type { LoadedRun } from "../load";

/**
 * Compares each stored file of a run with what was measured while it was written. Returns how it checked. Throws an
 * `ExportError` if a file is missing or differs; it is then written again.
 */
export async function compareStored(
  db: Db,
  { run }: LoadedRun,
  objects: ObjectStore,
  files: readonly RunFileRow[],
): Promise<NonNullable<Receipt["compared"]>> {
  const { how, found } = await objects.look(files.map(({ key }) => key));
  if (how === "no") {
    const message = "The credentials can't list or read objects, so the files weren't compared before the commit.";
    await logRun(db, run, { level: "warn", attempt: run.attempt, message });
    return how;
  }
  const wrong = files.filter(({ key, etag, bytes }) => {
    const held = found.get(key);
    return held?.etag !== etag || held?.bytes !== bytes;
  });
  if (wrong.length === 0) return how;
  for (const { key } of wrong.slice(0, 20)) {
    const message = found.has(key)
      ? "The stored object differs from what was written. It is written again."
      : "The object is missing from the storage. It is written again.";
    await logRun(db, run, { level: "warn", attempt: run.attempt, file: key, message });
  }
  await reopenFiles(
    db,
    run,
    wrong.map(({ key }) => key),
    "Stored files are missing or differ from what was written",
  );
  throw new ExportError({
    code: "stored_differs",
    message: `${wrong.length === 1 ? "A file" : `${wrong.length} files`} of the run changed in the storage before the commit.`,
    fix: "Check whether another process writes or deletes objects under this prefix; then retry the run.",
    retryable: false,
  });
}
