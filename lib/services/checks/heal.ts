import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { monthOf } from "@/lib/db/month";
import type { ConnectionRow, ExportRow, RunRow } from "@/lib/db/rows";
import { connections, runDocuments, runs } from "@/lib/db/schema";
import { canonicalAddress } from "@/lib/destinations/canonical-address";
import { activeStates } from "@/lib/fields/run-state";
import { logRun, newRun, saveDocuments } from "@/lib/services/ledger";
import { isResting } from "@/lib/services/schedules";

/** Heals of one receipt that may fail before a window waits for a person. */
const TRIES = 3;

/** Whether a window is healed: by which run, or whether one is still to come. */
export type Heal = { run: RunRow } | "pending" | "refused";

/**
 * Inserts a run that exports a window again with rows that arrived late, exactly as its current receipt was exported.
 * `pending` if another run works on the window, or the export rests. `refused` if healing failed three times, the
 * window is after the export's end date, or the connection leads elsewhere by now. The caller holds the export, and starts the run after the commit.
 */
export async function heal(tx: Tx, exported: ExportRow, healed: RunRow): Promise<Heal> {
  const [connection] = await tx.select().from(connections).where(eq(connections.id, exported.connectionId));
  const isOver = exported.endAt !== null && healed.intervalEnd > exported.endAt;
  if (!connection || isOver || !isSamePlace(healed, connection)) return "refused";
  const [active] = await tx
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.exportId, exported.id), eq(runs.intervalStart, healed.intervalStart), isActive))
    .limit(1);
  if (active) return "pending";
  if ((await failedHeals(tx, healed)) >= TRIES) return "refused";
  if (isResting(exported, connection)) return "pending";
  return insertHeal(tx, exported, healed);
}

const isActive = inArray(runs.state, activeStates);

/** Files in another bucket would leave the old ones behind. */
const isSamePlace = ({ address, pinned }: RunRow, connection: ConnectionRow) =>
  pinned?.connectionId === connection.id && canonicalAddress(connection) === address;

const failedHeals = (tx: Tx, healed: RunRow): Promise<number> =>
  tx.$count(runs, and(eq(runs.retryOf, healed.id), eq(runs.trigger, "heal"), eq(runs.state, "Failed")));

async function insertHeal(tx: Tx, exported: ExportRow, healed: RunRow): Promise<Heal> {
  const [documents] = await tx
    .select({ spec: runDocuments.spec })
    .from(runDocuments)
    .where(and(eq(runDocuments.runId, healed.id), eq(runDocuments.month, monthOf(healed))));
  if (!documents?.spec) return "refused";
  const window = { start: healed.intervalStart, end: healed.intervalEnd };
  const values = newRun(exported, window, { trigger: "heal", retryOf: healed.id });
  const [run] = await tx.insert(runs).values(values).onConflictDoNothing().returning();
  if (!run) return "pending";
  // It writes what the healed run wrote, even if the export has changed since.
  await saveDocuments(tx, run, { spec: documents.spec });
  const message = `Heals the window: rows arrived after ${healed.requestId} had committed it.`;
  await logRun(tx, run, { level: "info", message });
  return { run };
}
