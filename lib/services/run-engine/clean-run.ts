import { and, eq, isNull, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { objectKeys, runFiles, runs } from "@/lib/db/schema";
import type { Removal } from "@/lib/destinations/types";
import { earlierRuns, ownerOf, sameWindow } from "./history";
import { type LoadedRun, loadRun, type RunRow, withDestination } from "./load";
import { logRun } from "./log";
import { keysOfPlan } from "./save-plan";

/**
 * How long, in minutes, a request may be on its way: storages refuse one that was signed more than 15 minutes ago. Source: Amazon's
 * RequestTimeTooSkewed.
 */
const LATE_MINUTES = 20;

const WORDS: Record<Exclude<Removal, "absent">, { level: "info" | "warn"; message: string }> = {
  removed: { level: "info", message: "Removed: an earlier writing of this window had left it." },
  foreign: { level: "warn", message: "Stays: the object does not prove to be one that this window's runs wrote." },
  unproven: { level: "warn", message: "Stays if it is there: the credentials may not look at it." },
  forbidden: {
    level: "warn",
    message: "Stays in the bucket though this window no longer has it: the credentials may not delete.",
  },
};

/** A key that the window's runs reserved and the present receipt doesn't name. */
interface Leftover {
  key: string;
  kind: "file" | "manifest" | "marker";
  /** What was measured of it; null where nobody knows whether it was stored. */
  measured: { etag: string; bytes: number } | null;
  /** Whether a request that stores it may still be on its way. */
  isUnknown: boolean;
}

/**
 * Removes what earlier writings of a committed window left at its address, as far as it proves to be theirs, and aborts their
 * uploads. An object that a lost request may yet store is looked for again until no storage would take the request any more.
 * Throws an `ExportError`.
 */
export async function cleanRun(runId: string): Promise<void> {
  const loaded = await loadRun(runId);
  const { run } = loaded;
  if (run.state !== "Completed" || run.cleanedAt !== null || run.supersededBy !== null) return;
  if (run.address === null || run.manifest === null) return cleaned(run);
  const files = await getDb()
    .select({ key: runFiles.key })
    .from(runFiles)
    .where(and(eq(runFiles.runId, run.id), eq(runFiles.planVersion, run.planVersion)));
  const current = keysOfPlan(
    loaded,
    files.map(({ key }) => key),
  );
  const all = await leftoversOf(run, run.address);
  const left = all.filter(({ key }) => !current.has(key));
  const removals = await remove(loaded, left, new Set([...current.keys(), ...left.map(({ key }) => key)]));
  await noteElsewhere(run);
  for (const [file, removal] of removals) if (removal !== "absent") await logRun(run, { ...WORDS[removal], file });
  const gone = left.filter(({ key, isUnknown }) => {
    const removal = removals.get(key);
    return removal === "removed" || (removal === "absent" && !isUnknown);
  });
  await free(run.address, gone);
  const mayAppear = left.some(({ key, isUnknown }) => isUnknown && removals.get(key) === "absent");
  if (!mayAppear || (await isLate(run))) await cleaned(run);
}

async function remove(
  loaded: LoadedRun,
  left: readonly Leftover[],
  keys: ReadonlySet<string>,
): Promise<Map<string, Removal>> {
  const owner = ownerOf(loaded.run, await earlierRuns(loaded.run));
  const stale = left.map(({ key, kind, measured }) => ({ key, first: kind === "manifest", measured }));
  return withDestination(loaded, async ({ objects }) => {
    if (!objects) return new Map();
    await objects.abortUploads(keys);
    return objects.remove(stale, owner);
  });
}

/** Every key at an address that is reserved for a run's window, with what its runs measured under it. */
async function leftoversOf(run: RunRow, address: string): Promise<Leftover[]> {
  const rows = await getDb()
    .select({ key: objectKeys.key, kind: objectKeys.kind })
    .from(objectKeys)
    .where(
      and(
        eq(objectKeys.address, address),
        eq(objectKeys.exportId, run.exportId),
        eq(objectKeys.intervalStart, run.intervalStart),
        eq(objectKeys.intervalEnd, run.intervalEnd),
      ),
    );
  const tries = await getDb()
    .select({ key: runFiles.key, etag: runFiles.etag, bytes: runFiles.bytes, sentAt: runFiles.sentAt })
    .from(runFiles)
    .innerJoin(runs, eq(runs.id, runFiles.runId))
    .where(and(sameWindow(run), eq(runs.address, address)));
  const manifests = await getDb()
    .select({ manifest: runs.manifest })
    .from(runs)
    .where(and(sameWindow(run), eq(runs.address, address)));
  const sent = manifests.flatMap(({ manifest }) => (manifest ? [manifest] : []));
  const measured = new Map(
    [...tries, ...sent].flatMap(({ key, etag, bytes }) => (etag === null ? [] : [[key, { etag, bytes: bytes! }]])),
  );
  // A key that no try names any more was given up because its object may yet appear.
  const planned = new Set(tries.map(({ key }) => key));
  for (const { key, sentAt } of tries) if (sentAt !== null) planned.delete(key);
  return rows.map(({ key, kind }) => {
    const known = measured.get(key) ?? null;
    return { key, kind, measured: known, isUnknown: known === null && kind !== "marker" && !planned.has(key) };
  });
}

/** What the window's runs wrote to other addresses is out of reach: the log says where it is. */
async function noteElsewhere(run: RunRow): Promise<void> {
  const places = await getDb()
    .selectDistinct({ place: sql<string>`coalesce(${runs.pinned}->>'place', ${runs.address})`, files: runs.files })
    .from(runs)
    .where(and(sameWindow(run), sql`${runs.address} <> ${run.address}`));
  for (const { place } of places) {
    const message = `What earlier runs of this window wrote to ${place} stays there: this run's connection leads elsewhere.`;
    await logRun(run, { level: "warn", message });
  }
}

async function free(address: string, gone: readonly Leftover[]): Promise<void> {
  if (gone.length === 0) return;
  const keys = gone.map(({ key }) => key);
  await getDb()
    .delete(objectKeys)
    .where(and(eq(objectKeys.address, address), sql`${objectKeys.key} = any(${sql.param(keys)}::text[])`));
}

async function isLate({ id }: RunRow): Promise<boolean> {
  const [row] = await getDb()
    .select({ late: sql<boolean>`${runs.finishedAt} < now() - make_interval(mins => ${LATE_MINUTES})` })
    .from(runs)
    .where(eq(runs.id, id));
  return row?.late ?? true;
}

const cleaned = async ({ id }: RunRow): Promise<void> => {
  await getDb()
    .update(runs)
    .set({ cleanedAt: sql`now()` })
    .where(and(eq(runs.id, id), isNull(runs.cleanedAt)));
};
