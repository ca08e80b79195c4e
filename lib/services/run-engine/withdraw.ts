import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runFiles, runs } from "@/lib/db/schema";
import type { ObjectStore } from "@/lib/destinations/types";
import type { Draft } from "./draft-files";
import { currentOf, type EarlierRun, ownerOf } from "./history";
import type { LoadedRun } from "./load";
import { logRun } from "./log";

interface Withdrawal {
  earlier: readonly EarlierRun[];
  drafts: readonly Draft[];
  /** Runs of overlapping windows whose keys the plan took over. */
  outdated: readonly string[];
}

/**
 * Takes back the receipts whose files a plan is going to overwrite, because the layout's names can't change: the ledger calls them
 * superseded and their manifests go, before the first file is written. Where the credentials can't delete, the run's log says that
 * the old manifest stays until the new one is there.
 */
export async function withdraw(loaded: LoadedRun, objects: ObjectStore, plan: Withdrawal): Promise<void> {
  const { run } = loaded;
  const ids = [...plan.outdated];
  const current = currentOf(plan.earlier);
  if (current && (await overwrites(current, plan.drafts))) ids.push(current.id);
  if (ids.length === 0) return;
  const taken = await getDb()
    .update(runs)
    .set({ supersededBy: run.id })
    .where(and(inArray(runs.id, ids), eq(runs.exportId, run.exportId), isNull(runs.supersededBy)))
    .returning({ requestId: runs.requestId, manifest: runs.manifest });
  const owner = ownerOf(run, plan.earlier);
  const requestIds = new Set([...owner.requestIds, ...taken.map(({ requestId }) => requestId)]);
  const stale = taken.flatMap(({ manifest }) =>
    manifest ? [{ key: manifest.key, first: true, measured: heldBy(manifest) }] : [],
  );
  const removals = await objects.remove(stale, { ...owner, requestIds });
  for (const [file, removal] of removals)
    await logRun(
      run,
      removal === "removed" || removal === "absent"
        ? { level: "info", file, message: "Removed before its files are written over: they have other rows by now." }
        : {
            level: "warn",
            file,
            message:
              "Stays while its files are written over, because it can't be removed: its checksums are wrong until the commit.",
          },
    );
}

const heldBy = ({ etag, bytes }: NonNullable<EarlierRun["manifest"]>) =>
  etag === null || bytes === null ? null : { etag, bytes };

/** Whether a plan writes a key anew that a receipt names. Files that it leaves as they are, or that are missing, don't count. */
async function overwrites(current: EarlierRun, drafts: readonly Draft[]): Promise<boolean> {
  const keys = drafts.filter(({ reused }) => reused === null).map(({ key }) => key);
  if (keys.length === 0) return false;
  const [found] = await getDb()
    .select({ key: runFiles.key })
    .from(runFiles)
    .where(
      and(
        eq(runFiles.runId, current.id),
        eq(runFiles.planVersion, current.planVersion),
        sql`${runFiles.key} = any(${sql.param(keys)}::text[])`,
      ),
    )
    .limit(1);
  return found !== undefined;
}
