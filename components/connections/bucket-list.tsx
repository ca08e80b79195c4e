"use client";

import { useQuery } from "@tanstack/react-query";
import { TableSkeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";
import { ask } from "@/lib/client/api";
import { bucketsQuery } from "@/lib/client/queries";
import type { Bucket } from "@/lib/schemas/policy";
import { ReleaseButton } from "./release-button";

/** The organization's buckets, each with a way to release it. Renders nothing if there are none. */
export function BucketList() {
  const buckets = useQuery(bucketsQuery());
  if (buckets.isPending) return <TableSkeleton label="Loading buckets" rows={1} />;
  if (buckets.isError)
    return <ErrorState title="Couldn’t load buckets" error={buckets.error} onRetry={() => buckets.refetch()} />;
  if (buckets.data.items.length === 0) return null;
  return (
    <section aria-labelledby="buckets">
      <h2 id="buckets" className="scroll-mt-6 font-semibold text-[0.9375rem]">
        Your organization’s buckets
      </h2>
      <p className="mt-0.5 mb-3 text-muted">
        A bucket belongs to the organization that verified it first. No other organization on this installation can
        write to it.
      </p>
      <ul
        aria-label="Buckets"
        className="divide-y divide-border rounded-xl border border-border bg-surface shadow-raised"
      >
        {buckets.data.items.map((bucket) => (
          <BucketItem key={bucket.id} bucket={bucket} />
        ))}
      </ul>
    </section>
  );
}

/** Amazon's partitions, as buckets are claimed in them. */
const AMAZON: Partial<Record<string, string>> = {
  aws: "Amazon S3",
  "aws-cn": "Amazon S3 in China",
  "aws-us-gov": "Amazon S3 in AWS GovCloud (US)",
};

function BucketItem({ bucket }: { bucket: Bucket }) {
  return (
    <li className="flex items-center justify-between gap-4 px-3 py-2.5">
      <div className="min-w-0">
        <p className="break-all font-mono text-[0.8125rem]">{bucket.bucket}</p>
        <p className="break-words text-muted text-xs">
          {AMAZON[bucket.endpoint] ?? bucket.endpoint}
          {bucket.connectionName && ` · verified by ${bucket.connectionName}`} · claimed{" "}
          <RelativeTime value={bucket.createdAt} />
        </p>
      </div>
      <ReleaseButton
        permission="buckets.release"
        name={bucket.bucket}
        title={`Release the bucket “${bucket.bucket}”?`}
        confirmLabel="Release bucket"
        release={() => ask("releaseBucket", { params: { id: bucket.id } })}
        done={`“${bucket.bucket}” released`}
        shownBy="listBuckets"
      >
        Any organization on this installation can then verify it and write to it. Its objects don’t change.
      </ReleaseButton>
    </li>
  );
}
