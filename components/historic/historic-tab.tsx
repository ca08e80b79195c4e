"use client";

import { useQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { Button } from "@/components/ui/button";
import { TableSkeleton } from "@/components/ui/skeleton";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { historicExportsQuery } from "@/lib/client/queries";
import { useMay } from "@/lib/client/use-may";
import { HistoricCard } from "./historic-card";

/** An export's historic exports, newest first; polls while one is active. */
export function HistoricTab({ exportId, onCreate }: { exportId: string; onCreate: () => void }) {
  const mayStart = useMay("runs.start");
  const list = useQuery(historicExportsQuery(exportId));
  if (list.isPending) return <TableSkeleton label="Loading historic exports" rows={3} />;
  if (list.isError)
    return <ErrorState title="Couldn’t load historic exports" error={list.error} onRetry={list.refetch} />;
  if (list.data.items.length === 0)
    return (
      <EmptyState
        icon={<History aria-hidden />}
        title="No historic exports yet"
        action={
          mayStart && (
            <Button variant="primary" onClick={onCreate}>
              Create historic export
            </Button>
          )
        }
      >
        A historic export covers any past range, in the same windows and the same way as the schedule.
      </EmptyState>
    );
  return (
    <ul aria-label="Historic exports" className="flex flex-col gap-3">
      {list.data.items.map((item) => (
        <HistoricCard key={item.id} item={item} />
      ))}
    </ul>
  );
}
