"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { Card, Facts } from "@/components/ui/card";
import { TableSkeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { installationQuery } from "@/lib/client/queries";
import type { Installation } from "@/lib/schemas/installation";
import { DecideCard } from "./decide-card";
import { RecoveryCard } from "./recovery-card";

/** Which installation this is, and what is to be decided after its database was restored or copied. */
export function InstallationPage() {
  const installation = useQuery(installationQuery());
  useRefreshAfter(installation.data?.hold != null);
  if (installation.isPending) return <TableSkeleton label="Loading the installation" rows={3} />;
  if (installation.isError)
    return (
      <ErrorState
        title="Couldn’t load the installation"
        error={installation.error}
        onRetry={() => installation.refetch()}
      />
    );
  const { data } = installation;
  return (
    <div className="flex max-w-3xl flex-col gap-5">
      {data.hold && <DecideCard installation={data} hold={data.hold} />}
      {data.recovery && <RecoveryCard recovery={data.recovery} at={data.recoveredAt} />}
      <Identity installation={data} />
    </div>
  );
}

/** The frame of the page is rendered by the server, with its notice that nothing runs. */
function useRefreshAfter(isHeld: boolean): void {
  const router = useRouter();
  const wasHeld = useRef(isHeld);
  useEffect(() => {
    if (wasHeld.current && !isHeld) router.refresh();
    wasHeld.current = isHeld;
  }, [isHeld, router]);
}

function Identity({ installation: { id, hold } }: { installation: Installation }) {
  return (
    <Card
      title="This installation"
      description="The database and Temporal both keep its ID, so a restored or copied database is detected before anything runs."
    >
      <Facts
        items={[
          ["ID", id],
          ["State", hold ? "Waiting for a decision" : "Running"],
        ]}
      />
    </Card>
  );
}
