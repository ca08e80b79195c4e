"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { parseAsBoolean, useQueryState } from "nuqs";
import { useEffect, useRef, useState } from "react";
import { PageSkeleton } from "@/components/app/project-context";
import { ErrorState } from "@/components/ui/states";
import { connectionQuery } from "@/lib/client/queries";
import { useMay } from "@/lib/client/use-may";
import { usePageTitle } from "@/lib/client/use-page-title";
import { bucketOf } from "@/lib/destinations/buckets";
import type { Connection } from "@/lib/schemas/connection";
import { AutomaticCard } from "./automatic-card";
import { BucketCard } from "./bucket-card";
import { ConnectionHeader } from "./connection-header";
import { ConnectionSettings } from "./connection-settings";
import { useVerify } from "./use-verify";
import { UsedBy } from "./used-by";
import { VerificationCard } from "./verification-card";

const SetupDialog = dynamic(() => import("./setup-dialog").then((it) => it.SetupDialog), { loading: () => null });

export function ConnectionPage({ id }: { id: string }) {
  const connection = useQuery(connectionQuery(id));
  usePageTitle(connection.data?.name);
  if (connection.isPending) return <PageSkeleton />;
  if (connection.isError)
    return (
      <ErrorState page title="Couldn’t load this connection" error={connection.error} onRetry={connection.refetch} />
    );
  return <Loaded connection={connection.data} />;
}

function Loaded({ connection }: { connection: Connection }) {
  const verify = useVerify(connection);
  const [setup, setSetup] = useState(false);
  const bucket = bucketOf(connection);
  useVerifyOnArrival(() => verify.mutate());
  return (
    <>
      <ConnectionHeader connection={connection} verify={verify} onSetup={() => setSetup(true)} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <VerificationCard connection={connection} verify={verify} onSetup={() => setSetup(true)} />
        <div className="flex flex-col gap-4">
          <AutomaticCard connection={connection} />
          <ConnectionSettings connection={connection} />
          <UsedBy connection={connection} />
          {bucket && <BucketCard address={bucket} />}
        </div>
      </div>
      {setup && <SetupDialog connection={connection} onClose={() => setSetup(false)} />}
    </>
  );
}

/** Verifies once if the URL asks for it, as after creating a connection. */
function useVerifyOnArrival(verify: () => void) {
  const [asked, setAsked] = useQueryState("verify", parseAsBoolean.withDefault(false));
  const may = useMay("connections.manage");
  const begun = useRef(false);
  useEffect(() => {
    if (!asked || !may || begun.current) return;
    begun.current = true;
    void setAsked(null);
    verify();
  }, [asked, may, setAsked, verify]);
}
