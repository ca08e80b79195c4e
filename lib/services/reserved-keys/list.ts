import { asc, count, eq, min } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { connections, exports, objectKeys } from "@/lib/db/schema";
import { canonicalAddress } from "@/lib/destinations/canonical-address";
import type { List } from "@/lib/fields/common";
import type { ReservedKeys } from "@/lib/schemas/reserved-keys";
import { type Actor, loadProject } from "@/lib/services/access";

/** Reserved keys by export and bucket, including those of deleted exports. */
export async function listReservedKeys(actor: Actor, input: { projectId: string }): Promise<List<ReservedKeys>> {
  const project = await loadProject(actor, input.projectId);
  const rows = await getDb()
    .select({
      exportId: exports.id,
      exportName: exports.name,
      deletedAt: exports.deletedAt,
      type: connections.type,
      config: connections.config,
      address: objectKeys.address,
      count: count(),
      exampleKey: min(objectKeys.key),
    })
    .from(objectKeys)
    .innerJoin(exports, eq(exports.id, objectKeys.exportId))
    .innerJoin(connections, eq(connections.id, exports.connectionId))
    .where(eq(exports.projectId, project.id))
    .groupBy(exports.id, connections.id, objectKeys.address)
    .orderBy(asc(exports.name), asc(exports.id), asc(objectKeys.address));
  const items = rows.map(({ deletedAt, type, config, address, exampleKey, ...row }) => ({
    ...row,
    ...bucketOf(address),
    isDeleted: deletedAt !== null,
    exampleKey: exampleKey ?? "",
    canBeReleased: deletedAt !== null || address !== canonicalAddress({ type, config }),
  }));
  return { items, nextCursor: null };
}

/** Splits a bucket's canonical address. */
function bucketOf(address: string) {
  const slash = address.lastIndexOf("/");
  return { endpoint: address.slice(0, slash), bucket: address.slice(slash + 1) };
}
