import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { BucketRow, ConnectionRow } from "@/lib/db/rows";
import { buckets } from "@/lib/db/schema";
import { folderOf } from "@/lib/destinations/connection";
import type { BucketAddress } from "@/lib/destinations/declaration";
import { type MarkerStore, markerOf } from "@/lib/destinations/files/marker";
import type { VerifyStep } from "@/lib/fields/verification";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { claimBucket } from "./claim";
import { markBucket, markedByOther } from "./other-names";

const NAME = "Bucket";
const OTHERS_FIX = "Use another bucket, or ask an owner of the other organization to release this one.";

/**
 * Verification step that claims the bucket for the organization: by its address, and by a marker object that identifies
 * it under any other name.
 */
export async function claimStep(
  actor: Actor,
  row: ConnectionRow,
  address: BucketAddress,
  markers: MarkerStore,
): Promise<VerifyStep> {
  const { bucket } = address;
  const prefix = folderOf(row);
  const claim = await getDb().transaction((tx) => claimBucket(tx, actor, row, address));
  if (!claim)
    return {
      name: NAME,
      status: "failed",
      message: `The bucket ${bucket} belongs to another organization.`,
      fix: OTHERS_FIX,
    };
  const isMarked = claim.bucket.marker !== null || (await markBucket(markers, claim, prefix));
  const other = await markedByOther(markers, claim);
  if (other === null) return { name: NAME, status: "passed", message: passed(bucket, isMarked) };
  if (claim.isNew) {
    await markers.remove(markerOf(claim.bucket.id, prefix));
    await takeBack(actor, row, claim.bucket);
  }
  return alias(bucket, other);
}

const passed = (bucket: string, isMarked: boolean) =>
  isMarked
    ? `The bucket ${bucket} belongs to your organization.`
    : `The bucket ${bucket} belongs to your organization. Penstock couldn't write its marker there, so it recognizes the bucket only by endpoint and name.`;

const alias = (bucket: string, marker: string): VerifyStep => ({
  name: NAME,
  status: "failed",
  message: `The bucket ${bucket} belongs to another organization, which uses another name for it: it contains that organization's object ${marker}.`,
  fix: `${OTHERS_FIX} If this bucket is a copy, delete the object, then verify again.`,
});

/** Undoes a claim to a bucket that is another organization's, so that it does not block the name for others. */
async function takeBack(
  actor: Actor,
  { projectId }: ConnectionRow,
  { id, endpoint, bucket }: BucketRow,
): Promise<void> {
  await getDb().transaction(async (tx) => {
    await tx.delete(buckets).where(eq(buckets.id, id));
    const object = { id, name: bucket };
    await recordAudit(tx, actor, { action: "bucket.release", object, projectId, before: { endpoint, bucket } });
  });
}
