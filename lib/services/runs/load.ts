import { and, eq, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { monthOfRow } from "@/lib/db/month";
import { runs } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import { type Actor, requireProject } from "@/lib/services/access";
import { runColumns } from "./columns";
import type { ListedRun } from "./to-run";

/**
 * How many of a run's files are in place, as a column of a query on runs. Names are written out, because Drizzle leaves
 * the tables off in a query on one table.
 */
export const filesDone = sql<number>`coalesce(case when runs.state = 'Completed' then runs.files end, (
  select count(*)::int from run_files f
  where f.run_id = runs.id and f.month = ${monthOfRow("runs")} and f.state = 'Completed'))`;

/** The run, if the actor may see it. Runs of deleted exports can still be seen: what was exported stays provable. */
export async function loadRun(actor: Actor, id: string): Promise<ListedRun> {
  const [row] = await getDb()
    .select(runColumns)
    .from(runs)
    .where(and(eq(runs.id, id), eq(runs.organizationId, actor.organizationId)));
  if (!row) throw notFound("run");
  requireProject(actor, row.projectId);
  return row;
}
