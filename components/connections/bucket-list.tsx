"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { TableSkeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";
import { releaseBucket } from "@/lib/client/commands";
import { bucketsQuery } from "@/lib/client/queries";
import { useMay } from "@/lib/client/use-may";
import type { Bucket } from "@/lib/schemas/policy";

/** The buckets that belong to the organization, each with a way to let go of it. Nothing while it has none. */
export function BucketList() {
  const buckets = useQuery(bucketsQuery());
  if (buckets.isPending) return <TableSkeleton label="Loading buckets" rows={1} />;
  if (buckets.isError)
    return <ErrorState title="Buckets can't be loaded" error={buckets.error} onRetry={() => buckets.refetch()} />;
  if (buckets.data.items.length === 0) return null;
  return (
    <section aria-labelledby="buckets">
      <h2 id="buckets" className="scroll-mt-6 font-semibold text-[0.9375rem]">
        Buckets of your organization
      </h2>
      <p className="mt-0.5 mb-3 text-muted">
        A bucket belongs to the organization that verified it first; no other one on this installation can write into
        it.
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

function BucketItem({ bucket }: { bucket: Bucket }) {
  return (
    <li className="flex items-center justify-between gap-4 px-3 py-2.5">
      <div className="min-w-0">
        <p className="break-all font-mono text-[0.8125rem]">{bucket.bucket}</p>
        <p className="break-words text-muted text-xs">
          {bucket.endpoint === "aws" ? "Amazon S3" : bucket.endpoint}
          {bucket.connectionName && ` · verified by ${bucket.connectionName}`} · since{" "}
          <RelativeTime value={bucket.createdAt} />
        </p>
      </div>
      <ReleaseButton bucket={bucket} />
    </li>
  );
}

/** Lets go of a bucket, for owners; refused with its reason while a connection still leads there. */
function ReleaseButton({ bucket }: { bucket: Bucket }) {
  const may = useMay("buckets.release");
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const release = useMutation({
    mutationFn: () => releaseBucket(bucket.id),
    onSuccess: () => {
      toast.success(`“${bucket.bucket}” is released`);
      setOpen(false);
      return queries.invalidateQueries({ queryKey: ["buckets"] });
    },
  });
  if (!may) return null;
  return (
    <>
      <Button size="sm" aria-label={`Release ${bucket.bucket}`} onClick={() => setOpen(true)}>
        Release
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Release the bucket “${bucket.bucket}”?`}
        confirmLabel="Release bucket"
        onConfirm={() => release.mutate()}
        pending={release.isPending}
        error={release.error?.message}
      >
        <p>
          Any organization on this installation can then verify it and write into it. What lies in it stays as it is.
        </p>
      </ConfirmDialog>
    </>
  );
}
