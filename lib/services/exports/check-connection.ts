import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { connections } from "@/lib/db/schema";
import { invalid } from "@/lib/errors";

/** Refuses a connection that is not of the export's project or not of its destination's type; holds it until the end. */
export async function checkConnection(
  tx: Tx,
  row: { organizationId: string; projectId: string; connectionId: string; destination: { type: string } },
): Promise<void> {
  const [connection] = await tx
    .select({ type: connections.type })
    .from(connections)
    .where(
      and(
        eq(connections.id, row.connectionId),
        eq(connections.organizationId, row.organizationId),
        eq(connections.projectId, row.projectId),
        isNull(connections.deletedAt),
      ),
    )
    .for("share");
  if (!connection) throw refuse("is not a connection of this project: create one first or choose another");
  if (connection.type !== row.destination.type)
    throw refuse(`is a connection of the type ${connection.type}, but the destination is ${row.destination.type}`);
}

const refuse = (message: string) => invalid(`connectionId ${message}`, [{ path: "connectionId", message }]);
