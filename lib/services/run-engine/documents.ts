import { and, eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { monthOf, monthOfRow } from "@/lib/db/month";
import { runDocuments, runs } from "@/lib/db/schema";
import type { RunRow } from "./load";

export type Documents = Pick<typeof runDocuments.$inferSelect, "spec" | "source" | "receipt" | "receiptSha256">;

/** What joins a run's documents to its row. */
export const documentsOfRun = and(eq(runDocuments.runId, runs.id), eq(runDocuments.month, monthOfRow("runs")));

/** Writes documents of a run; those that are not given stay as they are. */
export async function saveDocuments(
  tx: Tx,
  run: Pick<RunRow, "id" | "createdAt">,
  documents: Partial<Documents>,
): Promise<void> {
  await tx
    .insert(runDocuments)
    .values({ runId: run.id, month: monthOf(run), ...documents })
    .onConflictDoUpdate({ target: [runDocuments.runId, runDocuments.month], set: documents });
}
