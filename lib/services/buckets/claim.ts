import { and, eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { BucketRow, ConnectionRow } from "@/lib/db/rows";
import { buckets } from "@/lib/db/schema";
import type { BucketAddress } from "@/lib/destinations/declaration";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";

/** An organization's claim to a bucket; `isNew` if this call made it. */
export interface Claim {
  bucket: BucketRow;
  isNew: boolean;
}

/**
 * Claims a verified connection's bucket for its organization, or finds its existing claim. Null if another organization
 * owns it. Of two concurrent claims, the unique index admits one; the other waits and sees it.
 */
export async function claimBucket(
  tx: Tx,
  actor: Actor,
  connection: ConnectionRow,
  address: BucketAddress,
): Promise<Claim | null> {
  const { organizationId, projectId } = connection;
  const claim = { ...address, organizationId, connectionId: connection.id, claimedBy: actor.userId };
  const [claimed] = await tx.insert(buckets).values(claim).onConflictDoNothing().returning();
  if (claimed) {
    const object = { id: claimed.id, name: claimed.bucket };
    await recordAudit(tx, actor, { action: "bucket.claim", object, projectId, after: { ...address } });
    return { bucket: claimed, isNew: true };
  }
  const [bucket] = await tx
    .select()
    .from(buckets)
    .where(and(eq(buckets.endpoint, address.endpoint), eq(buckets.bucket, address.bucket)))
    .for("share");
  return bucket?.organizationId === organizationId ? { bucket, isNew: false } : null;
}
