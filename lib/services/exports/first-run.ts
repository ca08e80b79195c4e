import { and, eq, isNull } from "drizzle-orm";
import pMap from "p-map";
import { getDb, type Tx } from "@/lib/db/client";
import { dbNow } from "@/lib/db/now";
import type { ExportRow } from "@/lib/db/rows";
import { connections, exports, runs } from "@/lib/db/schema";
import type { Actor } from "@/lib/services/access";
import { newRun, startWorkflows } from "@/lib/services/ledger";
import { blockedBy, type Gate, isResting, timelineOf } from "@/lib/services/schedules";
import { getTemporal } from "@/lib/temporal/client";
import { newestWindow, type Window } from "@/lib/windows";

/**
 * Starts the connection's exports that have no run yet, each with its newest complete window, as their schedules would.
 * If Temporal is unavailable, the runs start once it responds.
 */
export async function startFirstRuns(connection: { id: string; organizationId: string }): Promise<void> {
  const rows = await getDb()
    .select({ id: exports.id })
    .from(exports)
    .where(
      and(
        eq(exports.organizationId, connection.organizationId),
        eq(exports.connectionId, connection.id),
        isNull(exports.deletedAt),
      ),
    );
  await pMap(rows, ({ id }) => startFirst(id), { concurrency: LANES });
}

type Requester = Pick<Actor, "userId" | "name">;

const LANES = 10;

/** Starts an export's first run, unless it has a run or rests. `requester` is the person who asked for it, if any. */
export async function startFirst(exportId: string, requester?: Requester): Promise<void> {
  const run = await getDb().transaction((tx) => insertFirst(tx, exportId, requester));
  if (run) await startWorkflows(getTemporal(), [run]);
}

/** Whether an export's first run must wait. A person requests a one-time export, so it needs no active schedule. */
const waits = (spec: ExportRow, connection: Gate): boolean =>
  spec.schedule.every === "once"
    ? spec.paused || blockedBy(connection) === "connection_unverified"
    : isResting(spec, connection);

/** Inserts the first run; null if the export already has one or rests. */
async function insertFirst(tx: Tx, exportId: string, requester?: Requester) {
  const [found] = await tx
    .select({ spec: exports, connection: connections })
    .from(exports)
    .innerJoin(connections, eq(connections.id, exports.connectionId))
    .where(eq(exports.id, exportId))
    // Of two concurrent verifications, the second waits and sees the first one's run.
    .for("update", { of: exports });
  if (!found || found.spec.deletedAt || waits(found.spec, found.connection)) return null;
  const window = newestWindow(timelineOf(found.spec), found.spec, await dbNow(tx));
  const [other] = await tx.select({ id: runs.id }).from(runs).where(eq(runs.exportId, exportId)).limit(1);
  return window && !other ? insertRun(tx, found.spec, window, requester) : null;
}

async function insertRun(tx: Tx, spec: ExportRow, window: Window, requester?: Requester) {
  // As if the schedule had fired, so that it skips this window.
  const trigger = spec.schedule.every === "once" ? "once" : "schedule";
  const row = newRun(spec, window, { trigger, requester });
  const [inserted] = await tx.insert(runs).values(row).onConflictDoNothing().returning({ id: runs.id });
  return inserted ? { run: row, destinationType: spec.destination.type } : null;
}
