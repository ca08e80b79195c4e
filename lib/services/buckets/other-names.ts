import { and, asc, eq, isNotNull, lt, ne } from "drizzle-orm";
import pMap from "p-map";
import { getDb } from "@/lib/db/client";
import type { BucketRow } from "@/lib/db/rows";
import { buckets } from "@/lib/db/schema";
import { type Marker, type MarkerStore, markerOf } from "@/lib/destinations/files/marker";
import type { Claim } from "./claim";

/** Other organizations' claims to check: the maximum, and how many at once. */
const [MOST, AT_ONCE] = [200, 8];

/** Stores a claim's marker and records its key. False if the storage rejects it. */
export async function markBucket(store: MarkerStore, { bucket }: Claim, prefix: string): Promise<boolean> {
  const marker = markerOf(bucket.id, prefix);
  if (!(await store.put(marker))) return false;
  await getDb().update(buckets).set({ marker: marker.key }).where(eq(buckets.id, bucket.id));
  return true;
}

/**
 * Returns the key of another organization's marker in the bucket, claimed under another name of the same storage; null
 * if there is none. A new claim stores its own marker before it looks, so of two concurrent claims at least one sees
 * the other. An existing claim ignores later ones.
 */
export async function markedByOther(store: MarkerStore, claim: Claim): Promise<string | null> {
  let seen: string | null = null;
  await pMap(
    await otherClaims(claim),
    async (other) => {
      if (seen === null && (await store.sees(noted(other)))) seen = other.marker;
    },
    { concurrency: AT_ONCE },
  );
  return seen;
}

function otherClaims({ bucket: { bucket, organizationId, createdAt }, isNew }: Claim): Promise<BucketRow[]> {
  const others = and(eq(buckets.bucket, bucket), ne(buckets.organizationId, organizationId), isNotNull(buckets.marker));
  return getDb()
    .select()
    .from(buckets)
    .where(isNew ? others : and(others, lt(buckets.createdAt, createdAt)))
    .orderBy(asc(buckets.createdAt))
    .limit(MOST);
}

const noted = ({ id, marker }: BucketRow): Marker => ({ ...markerOf(id, ""), key: marker ?? "" });
