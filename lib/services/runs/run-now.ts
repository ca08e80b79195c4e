import { getDb } from "@/lib/db/client";
import { dbNow } from "@/lib/db/now";
import { conflict } from "@/lib/errors";
import type { Run } from "@/lib/schemas/run";
import type { Actor } from "@/lib/services/access";
import { loadExport, requireVerified } from "@/lib/services/exports";
import { timelineOf } from "@/lib/services/schedules";
import { newestWindow } from "@/lib/windows";
import { insertRun } from "./insert";
import { startInserted } from "./start-inserted";
import { BEGUN, toRun } from "./to-run";

/** Runs the newest ended window, even if already exported. Throws a 409 while a run on it is active. */
export async function runNow(actor: Actor, input: { id: string }): Promise<Run> {
  const exported = await loadExport(actor, input.id);
  await requireVerified(exported);
  const window = newestWindow(timelineOf(exported), exported, await dbNow(getDb()));
  if (!window) throw conflict("no_window", "No window of this export has ended yet: there is nothing to run.");
  const row = await insertRun(actor, exported, window, { trigger: "once", action: "run.start" });
  await startInserted(row, exported);
  return toRun(row, BEGUN);
}
