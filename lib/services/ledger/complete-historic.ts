import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { HistoricExportRow } from "@/lib/db/rows";
import { historicExports, runs } from "@/lib/db/schema";

/** Whether all windows of a historic export are committed, by any of its runs. */
export async function isWhole(tx: Tx, historic: Pick<HistoricExportRow, "id" | "windows">) {
  const [counted] = await tx
    .select({ committed: sql<number>`count(distinct ${runs.intervalStart})::int` })
    .from(runs)
    .where(and(eq(runs.historicExportId, historic.id), eq(runs.state, "Completed")));
  return (counted?.committed ?? 0) >= historic.windows;
}

/** Completes a failed historic export once retries have committed its missing windows. Lock its export first. */
export async function completeHistoric(tx: Tx, id: string): Promise<void> {
  const [historic] = await tx.select().from(historicExports).where(eq(historicExports.id, id));
  if (historic?.state !== "Failed" || !(await isWhole(tx, historic))) return;
  await tx
    .update(historicExports)
    .set({ state: "Completed", finishedAt: sql`now()` })
    .where(eq(historicExports.id, id));
}
