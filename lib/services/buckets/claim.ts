import { and, eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { BucketRow, ConnectionRow } from "@/lib/db/rows";
import { buckets } from "@/lib/db/schema";
import type { BucketAddress } from "@/lib/destinations/declaration";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";

/** An organization's claim to a bucket; `isNew` when it was made just now. */
export interface Claim {
  bucket: BucketRow;
  isNew: boolean;
}

/**
 * Makes the bucket that a verified connection leads to the organization's, if it is nobody's. Null when it is another's. Of two that
 * claim it at once the unique index lets one; the other waits for it and sees.
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
