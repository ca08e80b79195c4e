import { getDb } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { runs } from "@/lib/db/schema";
import { conflict } from "@/lib/errors";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { isUniqueViolation } from "@/lib/services/db-errors";
import { newRun } from "@/lib/services/ledger";
import type { Window } from "@/lib/windows";
import { runObject } from "./audited";
import type { ListedRun } from "./to-run";

/** The 409 for a window that another run holds. */
export const inProgress = () =>
  conflict("run_in_progress", "A run of this window is already in progress. Wait until it ends, or cancel it first.");

interface Asked {
  trigger: "once" | "retry";
  /** The audit log's action, and logged fields in addition to the window. */
  action: "run.start" | "run.retry";
  after?: object;
  more?: Pick<Partial<ListedRun>, "historicExportId" | "retryOf"> & Pick<typeof runs.$inferInsert, "allowShrink">;
}

/** Inserts a run that a person requested. Throws a 409 while any run on that window is active. */
export async function insertRun(actor: Actor, exported: ExportRow, window: Window, asked: Asked): Promise<ListedRun> {
  const values = newRun(exported, window, { ...asked.more, trigger: asked.trigger, requester: actor });
  const { intervalStart, intervalEnd } = values;
  try {
    return await getDb().transaction(async (tx) => {
      const [row] = await tx.insert(runs).values(values).returning();
      const after = { ...asked.after, intervalStart, intervalEnd };
      await recordAudit(tx, actor, { action: asked.action, ...runObject(row!), after });
      return row!;
    });
  } catch (error) {
    if (isUniqueViolation(error, "runs_one_active_per_window")) throw inProgress();
    throw error;
  }
}
