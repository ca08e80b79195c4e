"use client";

import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { CopyLine } from "@/components/ui/copy-line";
import { Skeleton } from "@/components/ui/skeleton";
import { policyQuery } from "@/lib/client/queries";
import type { PolicyRequest } from "@/lib/destinations/s3/policy-schema";

/** Who Penstock is at AWS, and the external ID that a role has to ask it for. */
export function Identity({ auth }: { auth: "role" | "policy" }) {
  // Who Penstock is doesn't depend on the bucket: any name will do.
  const request: PolicyRequest = { type: "s3", bucket: "any-bucket", prefix: "", kmsKeyId: null, auth };
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

/** What stands where this way of authentication can't work yet, and who can change that. */
function NoPrincipal() {
  return (
    <p className="flex gap-2">
      <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
      <span className="min-w-0">
        This installation has no AWS principal of its own yet, so it can sign in by access keys only. Whoever runs it
        sets <code className="break-all font-mono text-xs">PENSTOCK_AWS_PRINCIPAL_ARN</code>.
      </span>
    </p>
  );
}
