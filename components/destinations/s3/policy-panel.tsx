"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { policyQuery } from "@/lib/client/queries";
import { useDebounced } from "@/lib/client/use-debounced";
import { type PolicyRequest, policyRequestSchema } from "@/lib/destinations/s3/policy-schema";
import type { S3Config } from "@/lib/destinations/s3/schema";
import { PolicyActions } from "./policy-actions";
import { PolicyDocuments } from "./policy-documents";

type Target = Pick<S3Config, "bucket" | "prefix" | "auth" | "region" | "roleArn" | "acl">;

/** A request from the current values. Region and role make the policy exact but are optional. */
function asRequest({ region, roleArn, ...rest }: Record<string, unknown>): PolicyRequest | null {
  const whole = policyRequestSchema.safeParse({ ...rest, region, roleArn });
  return whole.data ?? policyRequestSchema.safeParse(rest).data ?? null;
}

/** The exact policies to paste for a bucket, folder, and authentication method, with the purpose of each permission. */
export function PolicyPanel({ config }: { config: Target }) {
  const [kmsKeyId, setKmsKeyId] = useState("");
  const { bucket, prefix, auth, region, roleArn, acl } = config;
  const values = {
    type: "s3",
    bucket,
    prefix,
    auth,
    region,
    roleArn: roleArn || null,
    acl: acl ?? null,
    kmsKeyId: kmsKeyId.trim() || null,
  };
  const request = asRequest(JSON.parse(useDebounced(JSON.stringify(values), 300)));
  return (
    <section aria-label="Policy" className="flex flex-col gap-4">
      {request ? (
        <Answer request={request} />
      ) : (
        <p className="rounded-xl bg-sunken p-3.5 text-muted">
          Enter the bucket, and the folder if you use one. The policy covers exactly these.
        </p>
      )}
      <Field
        label="KMS key (only if files are encrypted with your own key)"
        hint="Its ARN or ID. Adds what the key’s own policy must allow."
      >
        {(control) => (
          <Input
            {...control}
            value={kmsKeyId}
            onChange={(event) => setKmsKeyId(event.currentTarget.value)}
            placeholder="arn:aws:kms:eu-central-1:123456789012:key/…"
            className="font-mono text-[0.8125rem]"
            spellCheck={false}
            autoComplete="off"
          />
        )}
      </Field>
    </section>
  );
}

function Answer({ request }: { request: PolicyRequest }) {
  const policy = useQuery(policyQuery(request));
  if (policy.isPending)
    return (
      <div role="status" aria-label="Generating the policy" className="flex flex-col gap-3">
        <Skeleton className="h-24 w-full" />
        <Skeleton className="h-56 w-full" />
      </div>
    );
  if (policy.isError)
    return <ErrorState title="Couldn’t generate the policy" error={policy.error} onRetry={() => policy.refetch()} />;
  return (
    <>
      <ol aria-label="Steps" className="flex list-decimal flex-col gap-1.5 pl-5 marker:text-muted">
        {policy.data.steps.map((step) => (
          <li key={step} className="break-words pl-1">
            {step}
          </li>
        ))}
      </ol>
      <PolicyDocuments policy={policy.data} auth={request.auth} />
      <PolicyActions actions={policy.data.actions} />
    </>
  );
}
