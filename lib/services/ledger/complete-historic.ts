import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { HistoricExportRow } from "@/lib/db/rows";
import { historicExports, runs } from "@/lib/db/schema";

/** Whether every window of a historic export is committed, by whichever of its runs. */
export async function isWhole(tx: Tx, historic: Pick<HistoricExportRow, "id" | "windows">) {
  const [counted] = await tx
    .select({ committed: sql<number>`count(distinct ${runs.intervalStart})::int` })
    .from(runs)
    .where(and(eq(runs.historicExportId, historic.id), eq(runs.state, "Completed")));
  return (counted?.committed ?? 0) >= historic.windows;
}

/** Makes a historic export that had failed Completed once retries have committed what it lacked. Hold its export. */
export async function completeHistoric(tx: Tx, id: string): Promise<void> {
  const [historic] = await tx.select().from(historicExports).where(eq(historicExports.id, id));
  if (historic?.state !== "Failed" || !(await isWhole(tx, historic))) return;
  await tx
    .update(historicExports)
    .set({ state: "Completed", finishedAt: sql`now()` })
    .where(eq(historicExports.id, id));
}
