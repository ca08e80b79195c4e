import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { connections, deliveries, exports, historicExports, mails, receiptLinks, runs, uploads } from "@/lib/db/schema";
import type { Failure } from "@/lib/errors";
import type { Doubt } from "@/lib/fields/installation";
import { activeStates } from "@/lib/fields/run-state";
import type { Dependencies } from "@/lib/services/dependencies";
import { pauseDoubted } from "./pause-doubted";

const WHY = "This installation is a copy of another one, which might still write to the same place.";

/**
 * Makes a copy an installation of its own: pauses every export, has every connection verified again, ends what was in
 * progress, and drops what the original still has to deliver. Returns the paused exports.
 */
export async function separate(deps: Dependencies): Promise<Doubt[]> {
  const { db } = deps;
  const live = await db
    .select({ id: exports.id, name: exports.name })
    .from(exports)
    .where(and(isNull(exports.deletedAt), eq(exports.paused, false)));
  const paused: Doubt[] = [];
  for (const { id, name } of live) if (await pauseDoubted(db, id, WHY)) paused.push({ exportId: id, name, why: WHY });
  await db.transaction(leaveToOriginal);
  return paused;
}

/** Whatever the original still does at its destinations is its own: a copy must not finish, clean, or void it. */
async function leaveToOriginal(tx: Tx): Promise<void> {
  const now = sql`now()`;
  const ended = { state: "Cancelled" as const, finishedAt: now };
  await tx
    .update(runs)
    .set({ ...ended, error: COPIED })
    .where(inArray(runs.state, activeStates));
  await tx.update(historicExports).set(ended).where(inArray(historicExports.state, activeStates));
  await tx
    .update(runs)
    .set({ cleanedAt: now })
    .where(and(eq(runs.state, "Completed"), isNull(runs.cleanedAt)));
  await tx
    .update(receiptLinks)
    .set({ hasObject: false, isAbandoned: false })
    .where(or(isNull(receiptLinks.storedAt), receiptLinks.isAbandoned));
  await tx.delete(uploads);
  await tx.update(connections).set({ verifiedAt: null });
  await tx.delete(mails).where(eq(mails.state, "queued"));
  await tx.delete(deliveries).where(eq(deliveries.state, "queued"));
}

const COPIED: Failure = {
  code: "copied",
  message: "The run belongs to the installation that this one was copied from.",
  fix: null,
  retryable: false,
};
