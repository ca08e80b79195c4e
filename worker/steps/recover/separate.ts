import { and, eq, inArray, isNull } from "drizzle-orm";
import { deliveries, exports, historicExports, mails, runs } from "@/lib/db/schema";
import type { Failure } from "@/lib/errors";
import type { Doubt } from "@/lib/fields/installation";
import { activeStates } from "@/lib/fields/run-state";
import type { Dependencies } from "@/lib/services/dependencies";
import { endHistoric, endRun } from "@/lib/services/ledger";
import { pauseDoubted } from "./pause-doubted";

const WHY = "This installation is a copy of another one, which may still write to the same place.";

const COPIED: Failure = {
  code: "copied",
  message: "The run belongs to the installation that this one was copied from.",
  fix: null,
  retryable: false,
};

/**
 * Makes a copy an installation of its own: pauses every export, ends what was in progress, and drops what the original
 * still has to deliver. Returns the paused exports.
 */
export async function separate(deps: Dependencies): Promise<Doubt[]> {
  const { db } = deps;
  const live = await db
    .select({ id: exports.id, name: exports.name })
    .from(exports)
    .where(and(isNull(exports.deletedAt), eq(exports.paused, false)));
  const paused: Doubt[] = [];
  for (const { id, name } of live) if (await pauseDoubted(db, id, WHY)) paused.push({ exportId: id, name, why: WHY });
  const active = await db.select({ id: runs.id }).from(runs).where(inArray(runs.state, activeStates));
  for (const { id } of active) await endRun(deps, id, "Cancelled", COPIED);
  const historic = await db
    .select({ id: historicExports.id })
    .from(historicExports)
    .where(inArray(historicExports.state, activeStates));
  for (const { id } of historic) await endHistoric(db, id, "Cancelled");
  await db.delete(mails).where(eq(mails.state, "queued"));
  await db.delete(deliveries).where(eq(deliveries.state, "queued"));
  return paused;
}
