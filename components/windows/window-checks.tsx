"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { CheckItem } from "@/components/checks/check-item";
import { Paged } from "@/components/settings/paged";
import { checksQuery } from "@/lib/client/queries";
import type { Export } from "@/lib/schemas/export";
import type { WindowBounds } from "./use-window";

interface WindowChecksProps {
  exported: Export;
  bounds: WindowBounds;
  onOpenRun: (id: string) => void;
}

/** What checks of a window found, newest first. */
export function WindowChecks({ exported, bounds, onOpenRun }: WindowChecksProps) {
  const checks = useInfiniteQuery(checksQuery(exported.id, { from: bounds.start, to: bounds.end }));
  return (
    <section aria-labelledby="window-checks">
      <h3 id="window-checks" className="mb-2 font-semibold text-[0.9375rem]">
        Checks
      </h3>
      <Paged query={checks} what="checks" empty={<p className="text-muted">This window hasn’t been checked yet.</p>}>
        {(items) => (
          <ul aria-label="Checks of the window" className="divide-y divide-border rounded-xl border border-border">
            {items.map((item) => (
              <CheckItem key={item.id} check={item} exported={exported} onOpenRun={onOpenRun} />
            ))}
          </ul>
        )}
      </Paged>
    </section>
  );
}
