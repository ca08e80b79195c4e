import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { connections } from "@/lib/db/schema";
import { gateChanged } from "@/lib/services/schedules/gate-changed";

/** Marks a connection as verified regardless of its target: tests of failures need connections that never would be. */
export async function markVerified(connectionId: string): Promise<void> {
  await getDb().transaction(async (tx) => {
    const isMine = eq(connections.id, connectionId);
    const [connection] = await tx.update(connections).set({ verifiedAt: new Date() }).where(isMine).returning();
    await gateChanged(tx, connection!);
  });
}
