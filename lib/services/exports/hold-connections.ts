import { and, asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { connections } from "@/lib/db/schema";

/**
 * Holds connections of an organization as they are until the transaction ends. Take them before the export: a verification holds its connection
 * and then changes the connection's exports.
 */
export async function holdConnections(tx: Tx, organizationId: string, ids: readonly string[]): Promise<void> {
  await tx
    .select({ id: connections.id })
    .from(connections)
    .where(and(eq(connections.organizationId, organizationId), inArray(connections.id, [...new Set(ids)])))
    .orderBy(asc(connections.id))
    .for("share");
}
