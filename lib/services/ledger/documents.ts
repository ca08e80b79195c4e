import type { SQL } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { insertGiven, onConflictTake } from "@/lib/db/insert-given";
import { monthOf } from "@/lib/db/month";
import type { RunDocumentsRow, RunRow } from "@/lib/db/rows";
import { runDocuments } from "@/lib/db/schema";

/** A run with the documents of its plan: null before planning and after retention removes them. */
export type PlannedRow = RunRow & Pick<Documents, "spec" | "source">;
export type Documents = Pick<RunDocumentsRow, "spec" | "source" | "receipt" | "receiptSha256">;

/** Upserts a run's documents. Omitted ones stay unchanged. */
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

/** SQL: the same, if `given` (the text after FROM) has rows. */
export const insertDocuments = (
  run: Pick<RunRow, "id" | "createdAt">,
  documents: Partial<Documents>,
  given: SQL,
): SQL => {
  const row = { runId: run.id, month: monthOf(run), ...documents };
  return insertGiven(runDocuments, [row], given).append(onConflictTake(runDocuments, ["runId", "month"], documents));
};

/** Like `insertDocuments`, as a CTE of another statement. */
export const documentsWith = (db: Tx, ...args: Parameters<typeof insertDocuments>) =>
  db.$with("documents", {}).as(insertDocuments(...args));
