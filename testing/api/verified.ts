import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { connections } from "@/lib/db/schema";
import { gateChanged } from "@/lib/services/schedules/gate-changed";

/** Takes a connection for verified, whatever it leads to: tests of failures need connections that would never be. */
export async function markVerified(connectionId: string): Promise<void> {
  await getDb().transaction(async (tx) => {
    const isMine = eq(connections.id, connectionId);
    const [connection] = await tx.update(connections).set({ verifiedAt: new Date() }).where(isMine).returning();
    await gateChanged(tx, connection!);
  });
}
