import { and, eq, isNull } from "drizzle-orm";
import pLimit from "p-limit";
import { getDb, type Tx } from "@/lib/db/client";
import { dbNow } from "@/lib/db/now";
import type { ExportRow } from "@/lib/db/rows";
import { connections, exports, runs } from "@/lib/db/schema";
import type { Actor } from "@/lib/services/access";
import { newRun, startWorkflows } from "@/lib/services/ledger";
import { blockedBy, type Gate, isResting, timelineOf } from "@/lib/services/schedules";
import { newestWindow, type Window } from "@/lib/windows";

/**
 * Starts the exports of a connection that have no run yet, each with its newest whole window, as their schedules would. A run
 * that Temporal does not take now is started once it does.
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
  await pLimit(LANES).map(rows, ({ id }) => startFirst(id));
}

type Requester = Pick<Actor, "userId" | "name">;

const LANES = 10;

/** Starts one export's first run, where it has none and does not rest; `requester` is the person who asked for it, if one did. */
export async function startFirst(exportId: string, requester?: Requester): Promise<void> {
  const run = await getDb().transaction((tx) => insertFirst(tx, exportId, requester));
  if (run) await startWorkflows([run]);
}

/** Whether an export's first run has to wait. What runs once is asked for by a person: it needs no schedule to be on. */
const waits = (spec: ExportRow, connection: Gate): boolean =>
  spec.schedule.every === "once"
    ? spec.paused || blockedBy(connection) === "connection_unverified"
    : isResting(spec, connection);

/** The row of the first run; null where there was one already, or where the export rests. */
async function insertFirst(tx: Tx, exportId: string, requester?: Requester) {
  const [found] = await tx
    .select({ spec: exports, connection: connections })
    .from(exports)
    .innerJoin(connections, eq(connections.id, exports.connectionId))
    .where(eq(exports.id, exportId))
    // Two verifications at once: the second waits, and sees the first one's run.
    .for("update", { of: exports });
  if (!found || found.spec.deletedAt || waits(found.spec, found.connection)) return null;
  const window = newestWindow(timelineOf(found.spec), found.spec, await dbNow(tx));
  const [other] = await tx.select({ id: runs.id }).from(runs).where(eq(runs.exportId, exportId)).limit(1);
  return window && !other ? insertRun(tx, found.spec, window, requester) : null;
}

async function insertRun(tx: Tx, spec: ExportRow, window: Window, requester?: Requester) {
  // As if its schedule had fired, which therefore leaves this window alone.
  const trigger = spec.schedule.every === "once" ? "once" : "schedule";
  const row = newRun(spec, window, { trigger, requester });
  const [inserted] = await tx.insert(runs).values(row).onConflictDoNothing().returning({ id: runs.id });
  return inserted ? { run: row, destinationType: spec.destination.type } : null;
}
