import { and, asc, eq, isNotNull, isNull, lt, ne, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { dbNow } from "@/lib/db/now";
import { connections, exports } from "@/lib/db/schema";
import type { Dependencies } from "@/lib/services/dependencies";
import { startWorkflows } from "@/lib/services/ledger";
import { getLogger, loggable } from "@/lib/services/logger";
import { timelineOf } from "@/lib/services/schedules";
import type { Startable } from "@/lib/temporal/start";
import { dueWindows } from "@/lib/windows";
import { readDueFacts } from "./due-facts";
import { holdActive } from "./hold-active";
import { insertDue } from "./insert-due";

/** How long, in ms, after a window's end to start it without a firing: Temporal's own comes first. */
const LATE = 30_000;
/** Runs that one round starts, in total and per export; the next round, a minute later, takes the rest. */
const MOST = 200;
const MOST_OF_ONE = 10;

const NOTE = "Started by reconciliation, because the schedule didn't fire for this window.";

/** Starts runs for due windows that had no firing. Returns how many. */
export async function startDue(deps: Dependencies): Promise<number> {
  const until = new Date((await dbNow(deps.db)).getTime() - LATE);
  let started = 0;
  for (const id of await exportsWithDue(deps.db, until)) {
    if (started >= MOST) break;
    try {
      const runs = await insertDueOf(deps.db, id, until, Math.min(MOST_OF_ONE, MOST - started));
      await startWorkflows(deps.temporal, runs);
      started += runs.length;
    } catch (error) {
      getLogger().warn({ exportId: id, error: loggable(error) }, "Starting the due runs of an export failed.");
    }
  }
  return started;
}

/** Longest-waiting windows first. One statement; the rest is computed without queries. */
async function exportsWithDue(db: Db, now: Date): Promise<string[]> {
  const { id, schedule, pastSchedules, startAt, endAt, dueFrom } = exports;
  const rows = await db
    .select({ id, schedule, pastSchedules, startAt, endAt, dueFrom })
    .from(exports)
    .innerJoin(connections, eq(connections.id, exports.connectionId))
    .where(
      and(
        isNull(exports.deletedAt),
        eq(exports.paused, false),
        isNotNull(connections.verifiedAt),
        eq(connections.automatic, true),
        ne(sql`${exports.schedule} ->> 'every'`, "once"),
        lt(exports.dueFrom, now),
      ),
    )
    .orderBy(asc(exports.dueFrom), asc(exports.id));
  // Rests and runs are ignored here: `insertDueOf` checks them where a window may be due.
  const beside = { rests: [], done: [], now, limit: 1 };
  return rows
    .filter((row) => dueWindows({ timeline: timelineOf(row), bounds: row, dueFrom: row.dueFrom, ...beside }).windows[0])
    .map((row) => row.id);
}

const insertDueOf = (db: Db, exportId: string, now: Date, limit: number): Promise<Startable[]> =>
  db.transaction(async (tx) => {
    const spec = await holdActive(tx, exportId);
    if (!spec) return [];
    const runs = await insertDue(tx, spec, { facts: await readDueFacts(tx, spec), now, limit, note: NOTE });
    return runs.map((run) => ({ run, destinationType: spec.destination.type }));
  });
