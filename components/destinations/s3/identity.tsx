"use client";

import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { CopyLine } from "@/components/ui/copy-line";
import { Skeleton } from "@/components/ui/skeleton";
import { policyQuery } from "@/lib/client/queries";
import type { PolicyRequest } from "@/lib/destinations/s3/policy-schema";

/** Penstock's AWS identity, and the external ID that a role must require of it. */
export function Identity({ auth }: { auth: "role" | "policy" }) {
  // The identity doesn't depend on the bucket, so any name works.
  const request: PolicyRequest = { type: "s3", bucket: "any-bucket", prefix: "", kmsKeyId: null, auth, acl: null };
  const policy = useQuery(policyQuery(request));
  if (policy.isPending) return <Skeleton className="h-16 w-full" />;
  if (policy.isError) return <p className="text-bad">{policy.error.message}</p>;
  const { principal, externalId } = policy.data;
  return (
    <div className="flex flex-col gap-3 rounded-xl bg-sunken p-3.5">
      {auth === "role" && <CopyLine label="External ID" value={externalId} copyLabel="Copy the external ID" />}
      {principal === null ? (
        <NoPrincipal />
      ) : (
        <CopyLine label="Penstock’s principal" value={principal} copyLabel="Copy Penstock’s principal" />
      )}
    </div>
  );
}

/** Shown if this authentication method can't work yet, with who can change that. */
function NoPrincipal() {
  return (
    <p className="flex gap-2">
      <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
      <span className="min-w-0">
        This installation has no AWS principal yet, so only access keys work. Its operator can set{" "}
        <code className="break-all font-mono text-xs">PENSTOCK_AWS_PRINCIPAL_ARN</code>.
      </span>
    </p>
  );
}
