"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { PlugZap } from "lucide-react";
import { VerifySteps } from "@/components/connections/verify-steps";
import { Button } from "@/components/ui/button";
import { Card, Facts } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { TableSkeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";
import { ask } from "@/lib/client/api";
import { sourceQuery } from "@/lib/client/queries";
import { toast } from "@/lib/client/toast";
import { useMutation } from "@/lib/client/use-mutation";
import type { Source } from "@/lib/schemas/source";
import { SourceForm } from "./source-form";

const WORDS = {
  trying: "Testing everything that runs need from ClickHouse: settings, tables, clock, replicas, and speed…",
  good: "The source works",
  bad: "The source has problems",
  label: "Source test",
};

/**
 * The ClickHouse source of every export: where it is, how it is read, and whether it meets all requirements of runs.
 */
export function SourcePage() {
  const source = useQuery(sourceQuery());
  if (source.isPending) return <TableSkeleton label="Loading the source" rows={3} />;
  if (source.isError)
    return <ErrorState title="Couldn’t load the source" error={source.error} onRetry={() => source.refetch()} />;
  return (
    <div className="flex max-w-3xl flex-col gap-5">
      <Address source={source.data} />
      <SourceForm source={source.data} />
      <VerificationCard source={source.data} />
      <UserCard source={source.data} />
    </div>
  );
}

function Address({ source: { url, database, username } }: { source: Source }) {
  return (
    <Card
      title="ClickHouse"
      description="All projects of this installation are read from here. It’s set in the environment."
    >
      <Facts
        items={[
          ["Address", url],
          ["Database", database],
          ["User", username],
        ]}
      />
    </Card>
  );
}

function VerificationCard({ source: { lastVerification, lastVerifiedAt } }: { source: Source }) {
  const queries = useQueryClient();
  const verify = useMutation({
    mutationFn: () => ask("verifySource", {}),
    onSuccess: ({ ok }) => {
      if (ok) toast.success("Source verified");
    },
    onSettled: () => queries.invalidateQueries(sourceQuery()),
  });
  return (
    <Card
      title="Verification"
      description={
        lastVerifiedAt ? (
          <>
            Last attempt <RelativeTime value={lastVerifiedAt} />
          </>
        ) : (
          "Not verified yet."
        )
      }
    >
      <div className="flex flex-col items-start gap-4">
        <Button variant="primary" pending={verify.isPending} onClick={() => verify.mutate()}>
          <PlugZap aria-hidden /> {lastVerification ? "Verify again" : "Verify"}
        </Button>
        <div className="w-full">
          <VerifySteps words={WORDS} pending={verify.isPending} result={lastVerification} error={verify.error} />
        </div>
      </div>
    </Card>
  );
}

function UserCard({ source: { setup } }: { source: Source }) {
  return (
    <Card
      title="Permissions its user needs"
      description="Read access only. For distributed tables, also SELECT on the local tables."
    >
      <CodeBlock title="Run as an administrator" text={setup} copyLabel="Copy the statements for the user" />
    </Card>
  );
}
