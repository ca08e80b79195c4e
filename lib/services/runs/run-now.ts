import { getDb } from "@/lib/db/client";
import { dbNow } from "@/lib/db/now";
import { conflict } from "@/lib/errors";
import type { Run } from "@/lib/schemas/run";
import type { Actor } from "@/lib/services/access";
import { loadExport, requireVerified } from "@/lib/services/exports";
import { timelineOf } from "@/lib/services/schedules";
import { utc } from "@/lib/utc";
import { newestWindow } from "@/lib/windows";
import { insertRun } from "./insert";
import { startInserted } from "./start-inserted";
import { BEGUN, toRun } from "./to-run";

/** Runs the newest ended window, even if already exported. Throws a 409 while a run on it is active. */
export async function runNow(actor: Actor, input: { id: string }): Promise<Run> {
  const exported = await loadExport(actor, input.id);
  await requireVerified(exported);
  const now = await dbNow(getDb());
  const window = newestWindow(timelineOf(exported), exported, now);
  if (!window) throw noWindow(exported.endAt, now);
  const row = await insertRun(actor, exported, window, { trigger: "once", action: "run.start" });
  await startInserted(row, exported);
  return toRun(row, BEGUN);
}

function noWindow(endAt: Date | null, now: Date) {
  if (!endAt || endAt > now)
    return conflict("no_window", "No window of this export has ended yet, so there is nothing to run.");
  const message = `This export ended at ${utc(endAt)}. Change its end date, or create a historic export.`;
  return conflict("no_window", message);
}
