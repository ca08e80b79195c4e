import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { exports } from "@/lib/db/schema";

/**
 * Locks an export until the transaction ends, so that its runs end one at a time, each seeing the previous one's counts
 * and alerts. Lock it before a run's row. Does not block new runs.
 */
export async function lockExport(tx: Tx, exportId: string): Promise<ExportRow> {
  const [row] = await tx.select().from(exports).where(eq(exports.id, exportId)).for("no key update");
  if (!row) throw new Error(`The export ${exportId} was deleted.`);
  return row;
}
