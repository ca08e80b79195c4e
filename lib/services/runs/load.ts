import { and, eq, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { monthOfRow } from "@/lib/db/month";
import { runs } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import { type Actor, requireProject } from "@/lib/services/access";
import { runColumns } from "./columns";
import type { ListedRun } from "./to-run";

/**
 * SQL column for queries on `runs`: how many of a run's files are in place. Table names are spelled out because Drizzle
 * omits them in single-table queries.
 */
const filesDone = sql<number>`coalesce(case when runs.state = 'Completed' then runs.files end, (
  select count(*)::int from run_files f
  where f.run_id = runs.id and f.month = ${monthOfRow("runs")} and f.state = 'Completed'))`;

/** SQL column for queries on `runs`: whether what a run's receipt names is no longer so. */
const isBroken = sql<boolean>`exists (select 1 from watched_runs w where w.run_id = runs.id and w.is_broken)`;

/** Columns to select beside those of `runColumns`. */
export const beside = { filesDone, isBroken };

/** Loads a run that the actor may see, including runs of deleted exports: exported data remains provable. */
export async function loadRun(actor: Actor, id: string): Promise<ListedRun> {
  const [row] = await getDb()
    .select(runColumns)
    .from(runs)
    .where(and(eq(runs.id, id), eq(runs.organizationId, actor.organizationId)));
  if (!row) throw notFound("run");
  requireProject(actor, row.projectId);
  return row;
}
