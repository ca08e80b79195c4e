import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { exports } from "@/lib/db/schema";

/**
 * The export, held until the transaction ends: ends of its runs come one after the other, each seeing what the one before
 * has counted and told. Take it before a run's own row. New runs of it can be made all the while.
 */
export async function lockExport(tx: Tx, exportId: string): Promise<ExportRow> {
  const [row] = await tx.select().from(exports).where(eq(exports.id, exportId)).for("no key update");
  if (!row) throw new Error(`The export ${exportId} is gone.`);
  return row;
}
