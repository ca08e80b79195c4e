"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ListFilter, ScrollText } from "lucide-react";
import { Paged } from "@/components/settings/paged";
import { Section } from "@/components/settings/section";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";
import { auditQuery } from "@/lib/client/people-queries";
import { useDebounced } from "@/lib/client/use-debounced";
import { AuditEntryItem } from "./audit-entry";
import { AuditFilterBar } from "./audit-filters";
import { useAuditFilters } from "./use-audit-filters";

/** Who did what, newest first. The URL holds the filters. */
export function AuditPage() {
  const filters = useAuditFilters();
  // The URL follows each keystroke; the server is queried once typing stops.
  const text = useDebounced(filters.values.text, 300);
  const log = useInfiniteQuery(auditQuery({ ...filters.asked, ...(text !== "" && { text }) }));
  return (
    <Section
      title="Audit log"
      description="Every change in this organization: who made it, from where, and what it was before. Secret values are never shown."
    >
      <AuditFilterBar filters={filters} />
      <Paged query={log} what="audit log" rows={8} empty={<Nothing filters={filters} />}>
        {(items) => (
          <ol
            aria-label="Audit log"
            aria-busy={log.isPlaceholderData}
            className="divide-y divide-border rounded-xl border border-border bg-surface shadow-raised"
          >
            {items.map((entry) => (
              <AuditEntryItem key={entry.id} entry={entry} onFilter={filters.set} />
            ))}
          </ol>
        )}
      </Paged>
    </Section>
  );
}

function Nothing({ filters }: { filters: ReturnType<typeof useAuditFilters> }) {
  if (!filters.any)
    return (
      <EmptyState icon={<ScrollText aria-hidden />} title="No changes yet">
        Changes by members, API keys, and Penstock appear here.
      </EmptyState>
    );
  return (
    <EmptyState
      icon={<ListFilter aria-hidden />}
      title="No matching changes"
      action={<Button onClick={filters.clear}>Clear filters</Button>}
    />
  );
}
