import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { RunArchiveRow } from "@/lib/db/rows";
import { runArchive } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";

/** The archive of a run's files and receipt after retention has removed them. */
export async function archiveOf(runId: string): Promise<RunArchiveRow | undefined> {
  const [row] = await getDb().select().from(runArchive).where(eq(runArchive.runId, runId));
  return row;
}

export const removed = (what: string, rest = "") =>
  new AppError("removed", `${what} was removed after this installation's retention time.${rest}`, 410);
