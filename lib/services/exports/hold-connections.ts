import { asc, inArray } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { connections } from "@/lib/db/schema";

/**
 * Holds connections as they are until the transaction ends. Take them before the export: a verification holds its connection
 * and then changes the connection's exports.
 */
export async function holdConnections(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx
    .select({ id: connections.id })
    .from(connections)
    .where(inArray(connections.id, [...new Set(ids)]))
    .orderBy(asc(connections.id))
    .for("share");
}
