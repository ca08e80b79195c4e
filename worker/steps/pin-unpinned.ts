import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { runFiles, runs } from "@/lib/db/schema";
import type { LoadedRun } from "./load";
import { pinOf } from "./pinned";
import { reserveKeys } from "./plan/reserve-keys";
import { keysOfPlan } from "./plan/save-plan";

/** Binds a run planned by an earlier version to where its connection leads now, and reserves its keys. */
export async function pinUnpinned(db: Db, loaded: LoadedRun): Promise<LoadedRun> {
  const { run } = loaded;
  if (run.address !== null || run.planVersion === 0) return loaded;
  const bound = pinOf(loaded);
  await db.transaction(async (tx) => {
    const files = await tx
      .select({ key: runFiles.key })
      .from(runFiles)
      .where(and(eq(runFiles.runId, run.id), eq(runFiles.planVersion, run.planVersion)));
    const keys = files.map(({ key }) => key);
    await reserveKeys(tx, run, bound.address, keysOfPlan(loaded, keys));
    await tx
      .update(runs)
      .set(bound)
      .where(and(eq(runs.id, run.id), isNull(runs.address)));
  });
  return { ...loaded, run: { ...run, ...bound } };
}
