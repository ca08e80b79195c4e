"use client";

import { useQuery } from "@tanstack/react-query";
import { Card, Facts } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/states";
import { formatCount } from "@/lib/client/format";
import { quotasQuery } from "@/lib/client/people-queries";
import type { QuotaName } from "@/lib/schemas/quota";

const LABELS: Record<QuotaName, string> = {
  exports: "Exports",
  connections: "Connections",
  api_keys: "API keys",
  invitations: "Pending invitations",
  historic_exports: "Historic exports in progress",
};

/** The organization's usage of its quotas. */
export function QuotasCard() {
  const { data, error, refetch } = useQuery(quotasQuery());
  return (
    <Card title="Limits" description="What this installation allows each organization. Its operator can raise them.">
      {error && <ErrorState title="Couldn’t load the limits" error={error} onRetry={() => refetch()} />}
      {data && (
        <Facts
          items={data.items.map(({ quota, used, limit }) => [
            LABELS[quota],
            `${formatCount(used)} of ${formatCount(limit)}`,
          ])}
        />
      )}
    </Card>
  );
}
