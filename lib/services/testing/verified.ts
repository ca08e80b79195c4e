import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { connections } from "@/lib/db/schema";

/** Takes a connection for verified, whatever it leads to: tests of failures need connections that would never be. */
export async function markVerified(connectionId: string): Promise<void> {
  await getDb().update(connections).set({ verifiedAt: new Date() }).where(eq(connections.id, connectionId));
}
