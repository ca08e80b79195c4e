import { and, eq, isNull } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import type { BucketRow } from "@/lib/db/rows";
import { buckets, connections } from "@/lib/db/schema";
import { bucketOf } from "@/lib/destinations/buckets";
import { conflict, notFound } from "@/lib/errors";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";

/** Releases a bucket for another organization to claim. Throws a 409 while a connection uses it. */
export async function releaseBucket(actor: Actor, input: { id: string }): Promise<undefined> {
  await getDb().transaction(async (tx) => {
    const mine = and(eq(buckets.id, input.id), eq(buckets.organizationId, actor.organizationId));
    const [row] = await tx.select().from(buckets).where(mine).for("update");
    if (!row) throw notFound("bucket");
    const users = await connectionsTo(tx, row);
    if (users.length > 0) throw inUse(row, users);
    await tx.delete(buckets).where(mine);
    const { id, endpoint, bucket } = row;
    const object = { id, name: bucket };
    await recordAudit(tx, actor, { action: "bucket.release", object, before: { endpoint, bucket } });
  });
}

async function connectionsTo(tx: Tx, { organizationId, endpoint, bucket }: BucketRow) {
  const rows = await tx
    .select({ id: connections.id, name: connections.name, type: connections.type, config: connections.config })
    .from(connections)
    .where(and(eq(connections.organizationId, organizationId), isNull(connections.deletedAt)));
  return rows.filter((row) => {
    const address = bucketOf(row);
    return address?.endpoint === endpoint && address.bucket === bucket;
  });
}

function inUse({ bucket }: BucketRow, users: { id: string; name: string }[]) {
  const names = users.map(({ name }) => `“${name}”`).join(", ");
  return conflict(
    "bucket_in_use",
    `${names} ${users.length === 1 ? "uses" : "use"} the bucket ${bucket}. Delete ${users.length === 1 ? "this connection" : "these connections"} first.`,
    users.map(({ id, name }) => ({ path: `connections.${id}`, message: name })),
  );
}
