import { getDb } from "@/lib/db/client";
import type { RunRow } from "@/lib/db/rows";
import { runs } from "@/lib/db/schema";
import { newRun } from "@/lib/services/ledger/new-run";
import type { Window } from "@/lib/windows";
import type { TestProject } from "./project";

/** A run in the ledger without a workflow, with the given columns. */
export async function insertRun(
  { id: projectId, actor: { organizationId } }: TestProject,
  exportId: string,
  window: Window,
  columns: Partial<typeof runs.$inferInsert> = {},
): Promise<RunRow> {
  const row = newRun({ id: exportId, organizationId, projectId }, window, { trigger: "once" });
  const [run] = await getDb()
    .insert(runs)
    .values({ ...row, ...columns })
    .returning();
  return run!;
}
