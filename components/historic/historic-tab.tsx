"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { Paged } from "@/components/settings/paged";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";
import { historicPagesQuery } from "@/lib/client/queries";
import { useMay } from "@/lib/client/use-may";
import { HistoricCard } from "./historic-card";

/** An export's historic exports, newest first; polls while one is active. */
export function HistoricTab({ exportId, onCreate }: { exportId: string; onCreate: () => void }) {
  const mayStart = useMay("runs.start");
  const list = useInfiniteQuery(historicPagesQuery(exportId));
  const none = (
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
    <Paged query={list} what="historic exports" empty={none}>
      {(items) => (
        <ul aria-label="Historic exports" className="flex flex-col gap-3">
          {items.map((item) => (
            <HistoricCard key={item.id} item={item} />
          ))}
        </ul>
      )}
    </Paged>
  );
}
