import { and, desc, eq, gt, isNotNull } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";
import { SECOND } from "@/lib/units";

/** Assumed bytes per second until a run has been measured. */
const USUAL_SPEED = 50_000_000;
/** How many recent runs to search for meaningful ones. */
const LOOKED_AT = 500;

/** Stored bytes per second of the project's recent runs, ignoring runs of 10 MB or less. */
export async function speedOf(projectId: string): Promise<number> {
  const last = getDb()
    .select({
      bytes: runs.bytes,
      startedAt: runs.startedAt,
      finishedAt: runs.finishedAt,
      createdAt: runs.createdAt,
    })
    .from(runs)
    .where(and(eq(runs.projectId, projectId), eq(runs.state, "Completed")))
    .orderBy(desc(runs.createdAt))
    .limit(LOOKED_AT)
    .as("last");
  const done = await getDb()
    .select()
    .from(last)
    .where(and(gt(last.bytes, 10_000_000), isNotNull(last.startedAt)))
    .orderBy(desc(last.createdAt))
    .limit(20);
  const seconds = done.reduce((sum, run) => sum + (run.finishedAt!.getTime() - run.startedAt!.getTime()) / SECOND, 0);
  const bytes = done.reduce((sum, run) => sum + (run.bytes ?? 0), 0);
  return seconds > 0 && bytes > 0 ? bytes / seconds : USUAL_SPEED;
}
