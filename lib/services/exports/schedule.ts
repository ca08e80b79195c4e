import { and, eq } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import { connections } from "@/lib/db/schema";
import { withTemporal } from "@/lib/services/temporal";
import { syncSchedule } from "@/lib/temporal/schedules";
import { type Gate, isResting } from "./blocked";
import type { ExportRow } from "./load";

/**
 * Brings the export's schedule in line with its row and its connection's. Call it last in the transaction, and give it that
 * transaction: when it fails, the row rolls back.
 */
export async function applySchedule(row: ExportRow, tx: Tx = getDb()): Promise<void> {
  const [connection] = await tx
    .select({ verifiedAt: connections.verifiedAt, automatic: connections.automatic })
    .from(connections)
    .where(and(eq(connections.id, row.connectionId), eq(connections.organizationId, row.organizationId)))
    // Whoever verifies the connection or switches it off waits, and then finds this row.
    .for("share");
  await applySchedules([row], connection!);
}

/** The same for exports whose connection is at hand, as it is about to be. */
export async function applySchedules(rows: ExportRow[], connection: Gate): Promise<void> {
  await withTemporal(async () => {
    for (const row of rows) await syncSchedule(row, isResting(row, connection));
  });
}
