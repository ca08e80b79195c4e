import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { monthOf } from "@/lib/db/month";
import type { ConnectionRow, ExportRow, RunRow } from "@/lib/db/rows";
import { connections, runDocuments, runs } from "@/lib/db/schema";
import { canonicalAddress } from "@/lib/destinations/canonical-address";
import type { RunSpec } from "@/lib/destinations/run-spec";
import type { RunState } from "@/lib/fields/run-state";
import { logRun, newRun, saveDocuments } from "@/lib/services/ledger";
import { isResting } from "@/lib/services/schedules";

/** Heals of one receipt that may end without a new one before a window waits for a person. */
const TRIES = 3;

/**
 * What becomes of a window with late rows: `started` heals it, `pending` if another run works on it, `waiting` while the
 * export rests, and `refused` if a person has to look.
 */
export type Heal = { state: "started"; run: RunRow } | { state: "pending" | "waiting" | "refused" };

/**
 * Inserts a run that exports a window again with rows that arrived late, exactly as its current receipt was exported.
 * Refuses if healing failed three times or a person canceled it, the window is after the export's end date, the connection
 * now leads elsewhere, or the destination would have the window twice. The caller holds the export, and starts the run
 * after the commit.
 */
export async function heal(tx: Tx, exported: ExportRow, healed: RunRow): Promise<Heal> {
  const [connection] = await tx.select().from(connections).where(eq(connections.id, exported.connectionId));
  const isOver = exported.endAt !== null && healed.intervalEnd > exported.endAt;
  if (!connection || isOver || !isSamePlace(healed, connection)) return { state: "refused" };
  const ended = await endedHeals(tx, healed);
  if (ended.includes("Cancelled") || ended.length >= TRIES) return { state: "refused" };
  const spec = await specOf(tx, healed);
  if (!spec || isAppended(spec)) return { state: "refused" };
  if (isResting(exported, connection)) return { state: "waiting" };
  return insertHeal(tx, exported, healed, spec);
}

/** Every run adds its rows to the table: only a person can say whether the window may be there twice. */
const isAppended = ({ destination }: RunSpec) => "commitMode" in destination && destination.commitMode === "append";

/** Files in another bucket would leave the old ones behind. */
const isSamePlace = ({ address, pinned }: RunRow, connection: ConnectionRow) =>
  pinned?.connectionId === connection.id && canonicalAddress(connection) === address;

/** How heals of a receipt ended that is still the current one. */
const endedHeals = async (tx: Tx, healed: RunRow): Promise<RunState[]> =>
  (
    await tx
      .select({ state: runs.state })
      .from(runs)
      .where(and(eq(runs.retryOf, healed.id), eq(runs.trigger, "heal"), inArray(runs.state, ["Failed", "Cancelled"])))
  ).map(({ state }) => state);

async function specOf(tx: Tx, run: RunRow): Promise<RunSpec | null> {
  const [documents] = await tx
    .select({ spec: runDocuments.spec })
    .from(runDocuments)
    .where(and(eq(runDocuments.runId, run.id), eq(runDocuments.month, monthOf(run))));
  return documents?.spec ?? null;
}

async function insertHeal(tx: Tx, exported: ExportRow, healed: RunRow, spec: RunSpec): Promise<Heal> {
  const window = { start: healed.intervalStart, end: healed.intervalEnd };
  const values = newRun(exported, window, { trigger: "heal", retryOf: healed.id });
  const [run] = await tx.insert(runs).values(values).onConflictDoNothing().returning();
  if (!run) return { state: "pending" };
  // It writes what the healed run wrote, even if the export has changed since.
  await saveDocuments(tx, run, { spec });
  const message = `Heals the window: rows arrived after ${healed.requestId} committed it.`;
  await logRun(tx, run, { level: "info", message });
  return { state: "started", run };
}
