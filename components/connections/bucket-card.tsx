"use client";

import { useQuery } from "@tanstack/react-query";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/time";
import { bucketsQuery } from "@/lib/client/queries";
import { useMay } from "@/lib/client/use-may";
import type { BucketAddress } from "@/lib/destinations/declaration";
import { isClaimed } from "./address";

/** Whether the organization owns the connection's bucket. */
export function BucketCard({ address }: { address: BucketAddress }) {
  const buckets = useQuery(bucketsQuery());
  const mayRelease = useMay("buckets.release");
  if (!buckets.data) return null;
  const claim = buckets.data.items.find((bucket) => isClaimed(address, bucket));
  return (
    <Card title="Bucket">
      {claim ? (
        <>
          <p>
            Claimed by your organization <RelativeTime value={claim.createdAt} />. No other organization on this
            installation can write to it.
          </p>
          {mayRelease && (
            <p className="mt-2 text-muted">
              To release it, delete the connections that use it, then release it in the list of{" "}
              <Link href="/connections#buckets" className="rounded text-foreground underline">
                your organization’s buckets
              </Link>
              .
            </p>
          )}
        </>
      ) : (
        <p className="text-muted">The first organization to verify a bucket owns it. Yours hasn’t verified it yet.</p>
      )}
    </Card>
  );
}
