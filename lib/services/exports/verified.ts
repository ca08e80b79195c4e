import { and, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { connections } from "@/lib/db/schema";
import { conflict } from "@/lib/errors";
import { blockedBy } from "@/lib/services/schedules";

/**
 * Throws a 409 if the export's connection is not verified. A connection that is switched off is no obstacle: manual
 * runs still start.
 */
export async function requireVerified({ organizationId, connectionId }: ExportRow): Promise<void> {
  const [connection] = await getDb()
    .select({ verifiedAt: connections.verifiedAt, automatic: connections.automatic })
    .from(connections)
    .where(and(eq(connections.id, connectionId), eq(connections.organizationId, organizationId)));
  if (connection && blockedBy(connection) !== "connection_unverified") return;
  throw conflict("connection_unverified", "The export's connection isn't verified. Verify it first.", [
    { path: "connectionId", message: "This connection isn't verified." },
  ]);
}
