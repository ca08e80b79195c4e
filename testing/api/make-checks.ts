import { eq, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { RunRow } from "@/lib/db/rows";
import { checks, runs, watchedRuns } from "@/lib/db/schema";
import type { CheckKind, CheckOutcome } from "@/lib/fields/checks";

export type NewCheck = { kind: CheckKind; outcome: CheckOutcome } & Partial<typeof checks.$inferInsert>;

/** What a check of a completed run found, as the last known of its kind. Nothing looks at the run again on its own. */
export async function makeCheck(runId: string, check: NewCheck): Promise<string> {
  const [run] = await getDb().select().from(runs).where(eq(runs.id, runId));
  const [row] = await getDb().insert(checks).values(rowOf(run!, check)).returning({ id: checks.id });
  const { kind, outcome } = check;
  const found = kind === "source" ? { sourceOutcome: outcome } : { destinationOutcome: outcome };
  const at = kind === "source" ? { sourceCheckedAt: sql`now()` } : { destinationCheckedAt: sql`now()` };
  const isBroken = kind !== "source" && (outcome === "missing" || outcome === "changed");
  await getDb()
    .update(watchedRuns)
    .set({ ...(found as object), ...at, nextLookAt: null, ...(kind !== "source" && { isBroken }) })
    .where(eq(watchedRuns.runId, runId));
  return row!.id;
}

function rowOf(run: RunRow, check: NewCheck): typeof checks.$inferInsert {
  const { organizationId, projectId, exportId, id: runId, intervalStart, intervalEnd, rows } = run;
  const about = { organizationId, projectId, exportId, runId, intervalStart, intervalEnd };
  return { ...about, expected: { rows }, found: { rows }, ...check };
}
