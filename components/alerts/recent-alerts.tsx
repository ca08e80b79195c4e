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
    <Section title="Recent alerts" description="What was told in this organization, and to whom.">
      <Paged
        query={alerts}
        what="alerts"
        empty={
          <EmptyState icon={<BellOff aria-hidden />} title="No alert so far" className="py-8">
            Nothing has failed for good, and checks have found nothing that waits for you.
          </EmptyState>
        }
      >
        {(items) => (
          <ul
            aria-label="Recent alerts"
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
