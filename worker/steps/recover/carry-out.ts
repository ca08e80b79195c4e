import { eq, isNull, sql } from "drizzle-orm";
import pMap from "p-map";
import type { Tx } from "@/lib/db/client";
import type { InstallationRow } from "@/lib/db/rows";
import { connections, exports } from "@/lib/db/schema";
import { writesFiles } from "@/lib/destinations/catalog";
import { getEnv } from "@/lib/env";
import type { Recovery } from "@/lib/fields/installation";
import type { Dependencies } from "@/lib/services/dependencies";
import { hereOf, lockInstallation, raiseGeneration } from "@/lib/services/installation";
import { getLogger, loggable } from "@/lib/services/logger";
import { readMarker, writeMarker } from "@/lib/temporal/marker";
import { describeSchedule } from "@/lib/temporal/schedules";
import { doubtOf, knownSchedules, type Live, tableDoubtOf } from "./doubts";
import { pauseDoubted } from "./pause-doubted";
import { recoverExport } from "./recover-export";
import { reviveLost } from "./revive";
import { separate } from "./separate";

/** Generations that a decision adds, more than are raised in years. */
const AHEAD = 1_000_000;

/** Exports whose destinations are looked at together. */
const LANES = 2;
/** Receipts and objects that are named. */
const NAMED = 100;

/**
 * How far fences jump ahead: a warehouse refuses a commit with a lower fence than its last, and the runs that a restored
 * database forgot had higher ones.
 */
const FENCES = 1_000_000_000;

/**
 * Carries out what an operator decided about a held installation, and ends the hold. Idempotent: a later try does what
 * an interrupted one left. Throws if the database or Temporal does not answer.
 */
export async function carryOut(deps: Dependencies, row: InstallationRow, claimedBy: string): Promise<void> {
  const { db, temporal } = deps;
  const { decided, hold } = row;
  if (!decided || !hold) return;
  const marker = await readMarker(temporal);
  const known = marker === "unreadable" ? null : marker;
  const recovery: Recovery = { adopted: 0, refused: [], orphans: [], orphanCount: 0, paused: [], lost: [] };
  if (decided.decision === "separate") recovery.paused = await separate(deps);
  else await recover(deps, recovery, { readBuckets: decided.decision === "reconcile", isKnown: known?.id === row.id });
  const after = await db.transaction(async (tx) => {
    const now = await lockInstallation(tx);
    if (now.decided?.claim?.by !== claimedBy) return null;
    await skipFences(tx);
    return raiseGeneration(tx, hereOf(getEnv()), {
      ...(decided.decision === "separate" ? { id: crypto.randomUUID() } : {}),
      // Far above what any process has seen of the database before.
      least: Math.max(known?.generation ?? 0, row.generation) + AHEAD,
      hold: null,
      decided: null,
      recovery,
      recoveredAt: sql`now()` as unknown as Date,
    });
  });
  // Another worker has carried it out.
  if (!after) return;
  if (decided.decision !== "separate") {
    if (marker === null) await reviveLost(deps);
    await writeMarker(temporal, after);
  }
  // A copy on the original's Temporal is held next for that: it must not take the original's place.
  else if (marker === null) await writeMarker(temporal, after);
  getLogger().warn(
    { decision: decided.decision, adopted: recovery.adopted, paused: recovery.paused.length },
    "The decision about this installation was carried out. Runs continue.",
  );
}

const skipFences = (tx: Tx) =>
  tx.execute(
    sql`select setval(pg_get_serial_sequence('runs', 'fence'), nextval(pg_get_serial_sequence('runs', 'fence')) + ${FENCES})`,
  );

interface How {
  readBuckets: boolean;
  /** Whether Temporal's schedules are this installation's. */
  isKnown: boolean;
}

async function recover(deps: Dependencies, recovery: Recovery, { readBuckets, isKnown }: How): Promise<void> {
  const live = await deps.db
    .select({ spec: exports, connection: connections })
    .from(exports)
    .innerJoin(connections, eq(connections.id, exports.connectionId))
    .where(isNull(exports.deletedAt));
  const schedules = isKnown ? await knownSchedules(deps) : null;
  if (schedules) recovery.lost = await lostExports(deps, [...schedules.keys()]);
  await pMap(
    live,
    async (one) => {
      const read = readBuckets && writesFiles(one.spec.destination) ? await readBucket(deps, recovery, one) : null;
      const doubt =
        read ?? (schedules && doubtOf(one, schedules.get(one.spec.id))) ?? (await tableDoubtOf(deps.db, one));
      if (doubt) await pauseDoubted(deps.db, one.spec.id, doubt);
      // Also those that an interrupted try paused.
      if (doubt && (one.spec.pause?.by === "recovery" || !one.spec.paused))
        recovery.paused.push({ exportId: one.spec.id, name: one.spec.name, why: doubt });
    },
    { concurrency: LANES },
  );
}

/** Returns why the export should not run, if its bucket could not be read, or not all of it. */
async function readBucket({ db }: Dependencies, recovery: Recovery, { spec }: Live): Promise<string | null> {
  try {
    const { adopted, refused, orphans, isWhole } = await recoverExport(db, spec.id);
    recovery.adopted += adopted;
    const room = NAMED - recovery.refused.length;
    const worstFirst = refused.toSorted((a, b) => Number(b.isDoubtful) - Number(a.isDoubtful));
    recovery.refused.push(...worstFirst.slice(0, room).map(({ key, why }) => ({ exportId: spec.id, key, why })));
    recovery.orphanCount += orphans.length;
    recovery.orphans.push(...orphans.slice(0, NAMED - recovery.orphans.length));
    const doubtful = refused.filter(({ isDoubtful }) => isDoubtful);
    const [first] = doubtful;
    return first
      ? `${doubtful.length === 1 ? "1 receipt" : `${doubtful.length} receipts`} in its bucket couldn't be recovered, so windows might be exported twice. ${first.key}: ${first.why}`
      : isWhole
        ? null
        : "Its bucket has too many objects below its prefix to list them all, so receipts might have been missed.";
  } catch (error) {
    getLogger().warn({ exportId: spec.id, error: loggable(error) }, "Reading an export's receipts failed.");
    return `Its receipts couldn't be read from the bucket: ${(error as Error).message}`;
  }
}

/**
 * Exports that Temporal has schedules for and the database doesn't know, not even as deleted. Other installations may
 * have schedules in the namespace, on their own task queues.
 */
async function lostExports({ db, temporal }: Dependencies, ids: string[]): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select id from unnest(${sql.param(ids)}::uuid[]) as t(id)
    where not exists (select 1 from exports e where e.id = t.id) order by id limit ${NAMED}`);
  const { TEMPORAL_TASK_QUEUE } = getEnv();
  const described = await pMap(rows, ({ id }) => describeSchedule(temporal, id), { concurrency: LANES });
  return rows.flatMap(({ id }, index) => (described[index]?.taskQueue === TEMPORAL_TASK_QUEUE ? [id] : []));
}
