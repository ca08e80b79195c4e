import { and, eq, isNotNull, notInArray, or, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import type { UploadRow } from "@/lib/db/rows";
import { runs, uploads } from "@/lib/db/schema";
import type { ObjectStore } from "@/lib/destinations/types";
import { ExportError } from "@/lib/errors";
import { activeStates } from "@/lib/fields/run-state";
import { logRun } from "@/lib/services/ledger";
import { getLogger, loggable } from "@/lib/services/logger";
import { loadRun, withDestination } from "../load";
import { asPinned } from "../pinned";

/** Runs per round; the next round, a minute later, takes others. */
const ROUND = 20;

/** Aborts uploads that no attempt will continue, and forgets them. Throws an `ExportError`. */
export async function putAway(
  db: Db,
  objects: Pick<ObjectStore, "abortUpload">,
  left: readonly Pick<UploadRow, "id" | "key" | "uploadId">[],
): Promise<void> {
  for (const { id, key, uploadId } of left) {
    await objects.abortUpload(key, uploadId);
    await db.delete(uploads).where(eq(uploads.id, id));
  }
}

/** SQL: an upload that no attempt continues: it was given up, or its run has ended. */
const isLeft = or(isNotNull(uploads.givenUpAt), notInArray(runs.state, activeStates));

/** Aborts what a run has left of uploads. Throws an `ExportError`. */
export async function putAwayOf(db: Db, runId: string, objects: Pick<ObjectStore, "abortUpload">): Promise<void> {
  const left = await db
    .select({ id: uploads.id, key: uploads.key, uploadId: uploads.uploadId })
    .from(uploads)
    .innerJoin(runs, eq(runs.id, uploads.runId))
    .where(and(eq(uploads.runId, runId), isLeft));
  await putAway(db, objects, left);
}

/** Aborts the uploads that lost workers and ended runs have left. Returns how many runs it looked at. */
export async function putAwayLeft(db: Db): Promise<number> {
  const rows = await db
    .select({ id: uploads.runId })
    .from(uploads)
    .innerJoin(runs, eq(runs.id, uploads.runId))
    // An attempt that gives up its upload aborts it itself; a run that ends does so too.
    .where(
      and(
        isLeft,
        sql`coalesce(${uploads.givenUpAt}, ${runs.finishedAt}, ${uploads.createdAt}) < now() - interval '1 minute'`,
      ),
    )
    .groupBy(uploads.runId)
    // Random, so that a destination that can't be reached doesn't starve the others.
    .orderBy(sql`random()`)
    .limit(ROUND);
  for (const { id } of rows)
    await putAwayRun(db, id).catch((error) => {
      getLogger().warn({ runId: id, error: loggable(error) }, "Aborting a run's uploads failed.");
    });
  return rows.length;
}

async function putAwayRun(db: Db, runId: string): Promise<void> {
  const loaded = await asPinned(db, await loadRun(db, runId));
  try {
    await withDestination(db, loaded, async ({ objects }) => {
      if (objects) await putAwayOf(db, runId, objects);
    });
  } catch (error) {
    if (!(error instanceof ExportError) || error.failure.retryable) throw error;
    // Retrying can't help: the connection now leads elsewhere, or its credentials are gone.
    const message = `Aborting uploads of this run failed: ${error.message}`;
    await logRun(db, loaded.run, { level: "warn", message });
    await db.delete(uploads).where(eq(uploads.runId, runId));
  }
}
