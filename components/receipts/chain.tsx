"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { TableSkeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { chainQuery } from "@/lib/client/queries";
import { chainColumns } from "./chain-columns";

/** All links of an export's chain, newest first. */
export function Chain({ exportId, onOpenRun }: { exportId: string; onOpenRun: (id: string) => void }) {
  const chain = useInfiniteQuery(chainQuery(exportId));
  if (chain.isPending) return <TableSkeleton label="Loading the chain" />;
  if (chain.isError) return <ErrorState title="Couldn’t load the chain" error={chain.error} onRetry={chain.refetch} />;
  const links = chain.data.pages.flatMap((page) => page.items);
  return (
    <section aria-labelledby="chain" className="flex flex-col gap-3">
      <div>
        <h2 id="chain" className="font-semibold text-[0.9375rem]">
          Chain
        </h2>
        <p className="mt-0.5 text-muted">
          Numbered without a gap, newest first. Each link includes the hash of the one before it. Times are in UTC.
        </p>
      </div>
      <DataTable
        label="Chain"
        columns={chainColumns(onOpenRun)}
        rows={links}
        keyOf={({ sequence }) => String(sequence)}
        opens
      />
      {chain.hasNextPage && (
        <Button className="self-center" onClick={() => chain.fetchNextPage()} pending={chain.isFetchingNextPage}>
          Show older links
        </Button>
      )}
    </section>
  );
}
