import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import type { RunRow } from "@/lib/db/rows";
import { objectKeys, runs } from "@/lib/db/schema";
import type { Removal } from "@/lib/destinations/stored-objects";
import { ExportError } from "@/lib/errors";
import { isActive } from "@/lib/fields/run-state";
import { type EarlierRun, earlierRuns, logRun, ownerOf, pastFiles, sameWindow } from "@/lib/services/ledger";
import { type LoadedRun, loadRun, withDestination } from "../load";
import { asPinned } from "../pinned";
import { keysOfPlan } from "../plan/save-plan";
import { type Leftover, leftoversOf } from "./leftovers";

/**
 * How long, in minutes, a request may be in flight: storages refuse one signed more than 15 minutes ago. Source:
 * Amazon's RequestTimeTooSkewed.
 */
const LATE_MINUTES = 20;

const WORDS: Record<Exclude<Removal, "absent">, { level: "info" | "warn"; message: string }> = {
  removed: { level: "info", message: "Removed: left over from an earlier run of this window." },
  foreign: { level: "warn", message: "Not removed, because this window's runs might not have written it." },
  unproven: { level: "warn", message: "Not removed if it exists: the credentials can't read it." },
  forbidden: {
    level: "warn",
    message: "Not removed, although it is no longer part of this window: the credentials can't delete objects.",
  },
};

/**
 * Removes what earlier writes of a committed window left at its address, if it proves to be theirs, and aborts their
 * uploads. Later calls look again for what a lost request may still store or open, until no storage would accept the
 * request. Does nothing while another run is active on the window. Throws an `ExportError`.
 */
export async function cleanRun(db: Db, runId: string): Promise<void> {
  const loaded = await asPinned(db, await loadRun(db, runId));
  const { run } = loaded;
  try {
    await clean(db, loaded);
  } catch (error) {
    if (!(error instanceof ExportError) || error.failure.retryable) throw error;
    // Retrying can't help: the connection now leads elsewhere, or its credentials are gone.
    const message = `Removing leftovers of earlier runs of this window failed: ${error.message}`;
    await logRun(db, run, { level: "warn", message });
    await cleaned(db, run);
  }
}

async function clean(db: Db, loaded: LoadedRun): Promise<void> {
  const { run } = loaded;
  if (run.state !== "Completed" || run.cleanedAt !== null || run.supersededBy !== null) return;
  if (run.address === null || run.manifest === null) return cleaned(db, run);
  const earlier = await earlierRuns(db, run);
  if (earlier.some(({ state }) => isActive(state))) return;
  const { rows: files } = await db.execute<{ key: string }>(
    sql`select f.key from ${pastFiles(eq(runs.id, run.id))} where f.plan_version = ${run.planVersion}`,
  );
  if (run.spec === null || files.length !== run.files) return noteUnknown(db, run);
  const current = keysOfPlan(
    loaded,
    files.map(({ key }) => key),
  );
  const left = (await leftoversOf(db, run, run.address)).filter(({ key }) => !current.has(key));
  const removals = await remove(db, loaded, { left, current: new Set(current.keys()), earlier });
  if (!removals) return cleaned(db, run);
  if (earlier.length > 0) await noteElsewhere(db, run);
  for (const [file, removal] of removals) if (removal !== "absent") await logRun(db, run, { ...WORDS[removal], file });
  // Keys stay reserved while an upload may still be opened under them: cleaning aborts every upload there, anyone's.
  const late = await isLate(db, run);
  const mayOpen = !late && (await mayOpenUpload(db, run));
  const gone = left.filter(({ key, isUnknown }) => isGone(removals.get(key), isUnknown));
  if (!mayOpen) await free(db, run, run.address, gone);
  const mayAppear = left.some(({ key, isUnknown }) => isUnknown && removals.get(key) === "absent");
  if (late || !(mayOpen || mayAppear)) await cleaned(db, run);
}

const isGone = (removal: Removal | undefined, isUnknown: boolean) =>
  removal === "removed" || (removal === "absent" && !isUnknown);

interface Cleaning {
  left: readonly Leftover[];
  current: ReadonlySet<string>;
  /** As they were before the check, so that a later run's objects don't count as theirs. */
  earlier: readonly EarlierRun[];
}

/** Nothing may be removed once retention has removed the list of the receipt's keys from the ledger. */
async function noteUnknown(db: Db, run: RunRow): Promise<void> {
  const message =
    "Leftovers of earlier runs of this window stay, because the list of this run's files is past its retention time.";
  await logRun(db, run, { level: "warn", message });
  await cleaned(db, run);
}

/** Null if the bucket holds another manifest than the run's: that one may name anything that is left. */
async function remove(
  db: Db,
  loaded: LoadedRun,
  { left, current, earlier }: Cleaning,
): Promise<Map<string, Removal> | null> {
  const { run } = loaded;
  const stale = left.map(({ key, kind, measured }) => ({ key, first: kind === "manifest", measured }));
  const keys = new Set([...current, ...left.map(({ key }) => key)]);
  return withDestination(db, loaded, async ({ objects }) => {
    if (!objects) return new Map();
    await objects.abortUploads(keys);
    if (stale.length === 0) return new Map();
    const { key, etag } = run.manifest!;
    const { how, found } = await objects.look([key]);
    if (how !== "no" && etag !== null && found.get(key)?.etag !== etag) {
      const message = "The bucket's manifest isn't from this run, so nothing was removed. Retry the run.";
      await logRun(db, run, { level: "warn", file: key, message });
      return null;
    }
    return objects.remove(stale, ownerOf(run, earlier));
  });
}

/** Logs where the window's runs wrote to other addresses, which are out of reach. */
async function noteElsewhere(db: Db, run: RunRow): Promise<void> {
  const places = await db
    .selectDistinct({ place: sql<string>`coalesce(${runs.pinned}->>'place', ${runs.address})` })
    .from(runs)
    .where(and(sameWindow(run), sql`${runs.address} <> ${run.address}`));
  for (const { place } of places) {
    const message = `Files that earlier runs of this window wrote to ${place} stay there, because this run's connection uses another address.`;
    await logRun(db, run, { level: "warn", message });
  }
}

/** Releases reservations that no later run has taken over. */
async function free(db: Db, run: RunRow, address: string, gone: readonly Leftover[]): Promise<void> {
  if (gone.length === 0) return;
  const keys = gone.map(({ key }) => key);
  const runIds = [...new Set(gone.map(({ runId }) => runId))];
  await db
    .delete(objectKeys)
    .where(
      and(
        eq(objectKeys.address, address),
        eq(objectKeys.exportId, run.exportId),
        eq(objectKeys.intervalStart, run.intervalStart),
        sql`${objectKeys.runId} = any(${sql.param(runIds)}::uuid[])`,
        sql`${objectKeys.key} = any(${sql.param(keys)}::text[])`,
      ),
    );
}

/** Whether an attempt at one of the window's files was cut off: its request for an upload may still be in flight. */
async function mayOpenUpload(db: Db, run: RunRow): Promise<boolean> {
  const { rows } = await db.execute(sql`select 1 from ${pastFiles(sameWindow(run))} where f.cut_off limit 1`);
  return rows.length > 0;
}

/** Whether every request of the window's runs is too old for a storage to accept. */
async function isLate(db: Db, run: RunRow): Promise<boolean> {
  const [row] = await db
    .select({ late: sql<boolean>`max(${runs.finishedAt}) < now() - make_interval(mins => ${LATE_MINUTES})` })
    .from(runs)
    .where(sameWindow(run));
  return row?.late ?? true;
}

const cleaned = async (db: Db, { id }: RunRow): Promise<void> => {
  await db
    .update(runs)
    .set({ cleanedAt: sql`now()` })
    .where(and(eq(runs.id, id), isNull(runs.cleanedAt)));
};
