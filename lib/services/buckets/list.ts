import { asc, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { buckets, connections } from "@/lib/db/schema";
import type { List } from "@/lib/fields/common";
import type { Bucket } from "@/lib/schemas/policy";
import type { Actor } from "@/lib/services/access";

/** Lists the buckets of the actor's organization. */
export async function listBuckets(actor: Actor): Promise<List<Bucket>> {
  const rows = await getDb()
    .select({ bucket: buckets, connectionName: connections.name })
    .from(buckets)
    .leftJoin(connections, eq(connections.id, buckets.connectionId))
    .where(eq(buckets.organizationId, actor.organizationId))
    .orderBy(asc(buckets.bucket), asc(buckets.endpoint));
  const items = rows.map(({ bucket: { id, endpoint, bucket, createdAt }, connectionName }) => ({
    id,
    endpoint,
    bucket,
    connectionName,
    createdAt: createdAt.toISOString(),
  }));
  return { items, nextCursor: null };
}
