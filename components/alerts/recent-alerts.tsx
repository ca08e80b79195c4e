"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { BellOff } from "lucide-react";
import { Paged } from "@/components/settings/paged";
import { Section } from "@/components/settings/section";
import { EmptyState } from "@/components/ui/states";
import { alertsQuery } from "@/lib/client/people-queries";
import { AlertItem } from "./alert-item";

/** Alerts about failures, recoveries, and what checks found, newest first. */
export function RecentAlerts() {
  const alerts = useInfiniteQuery(alertsQuery());
  return (
    <Section title="Alerts sent" description="Recent alerts in this organization, and who received them.">
      <Paged
        query={alerts}
        what="alerts"
        empty={
          <EmptyState icon={<BellOff aria-hidden />} title="No alerts yet" className="py-8">
            Nothing has failed permanently, and no check needs your attention.
          </EmptyState>
        }
      >
        {(items) => (
          <ul
            aria-label="Alerts sent"
            className="divide-y divide-border rounded-xl border border-border bg-surface shadow-raised"
          >
            {items.map((item) => (
              <AlertItem key={item.id} value={item} />
            ))}
          </ul>
        )}
      </Paged>
    </Section>
  );
}
