import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { connections } from "@/lib/db/schema";
import { writesFiles } from "@/lib/destinations/catalog";
import { folderOf } from "@/lib/destinations/connection";
import { invalidField } from "@/lib/errors";
import type { Actor } from "@/lib/services/access";
import { checkKeys } from "./check-keys";
import { type KeyedExport, type KeyPlace, keyPlaceOf } from "./key-place";
import { lockPlaces } from "./lock-places";

/**
 * Rejects a connection of another project or another destination type, a prefix outside the connection's, and keys that
 * another export writes. Locks the connection and the key place until the transaction ends. Returns the place for the
 * caller to store.
 */
export async function checkConnection(
  tx: Tx,
  actor: Actor,
  row: KeyedExport & { projectId: string; connectionId: string },
): Promise<KeyPlace | null> {
  const [connection] = await tx
    .select({ type: connections.type, config: connections.config })
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
  if (!connection)
    throw invalidField("connectionId", "This connection isn't in this project. Choose another one, or create one.");
  const { type } = row.destination;
  if (connection.type !== type)
    throw invalidField(
      "connectionId",
      `The connection's type is ${connection.type}, but the destination's type is ${type}.`,
    );
  const base = folderOf(connection);
  if (writesFiles(row.destination) && !row.destination.prefix.startsWith(base))
    throw invalidField("destination.prefix", `Must start with ${base}, where the connection writes.`);
  const place = await keyPlaceOf(tx, row, connection.config);
  if (!place) return null;
  await lockPlaces(tx, place);
  await checkKeys(tx, actor, place, row.id);
  return place;
}
