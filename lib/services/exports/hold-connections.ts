import { and, asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { connections } from "@/lib/db/schema";

/**
 * Locks an organization's connections against changes until the transaction ends. Call it before locking an export: a
 * verification locks its connection first, then the exports.
 */
export async function holdConnections(tx: Tx, organizationId: string, ids: readonly string[]): Promise<void> {
  await tx
    .select({ id: connections.id })
    .from(connections)
    .where(and(eq(connections.organizationId, organizationId), inArray(connections.id, [...new Set(ids)])))
    .orderBy(asc(connections.id))
    .for("share");
}
