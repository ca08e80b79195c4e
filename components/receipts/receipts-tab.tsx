"use client";

import { useQuery } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { chainHeadQuery } from "@/lib/client/queries";
import { CertificateCard } from "./certificate-card";
import { Chain } from "./chain";
import { ChainHeadCard } from "./chain-head-card";

interface ReceiptsTabProps {
  exportId: string;
  onOpenRun: (id: string) => void;
}

/** An export's receipts: the end of their chain, a certificate of a range, and every link. */
export function ReceiptsTab({ exportId, onOpenRun }: ReceiptsTabProps) {
  const head = useQuery(chainHeadQuery(exportId));
  if (head.isPending) return <Skeleton label="Loading receipts" className="h-48 w-full" />;
  if (head.isError)
    return <ErrorState title="Couldn’t load the chain of receipts" error={head.error} onRetry={head.refetch} />;
  if (head.data === null)
    return (
      <div className="flex flex-col gap-4">
        <EmptyState icon={<Link2 aria-hidden />} title="No signed receipts yet">
          Each committed window gets a signed receipt, which names the one before it. Together they are this export’s
          chain.
        </EmptyState>
        <CertificateCard exportId={exportId} />
      </div>
    );
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 lg:grid-cols-2">
        <ChainHeadCard head={head.data} />
        <CertificateCard exportId={exportId} />
      </div>
      <Chain exportId={exportId} onOpenRun={onOpenRun} />
    </div>
  );
}
