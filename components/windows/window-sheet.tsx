"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { formatInterval } from "@/lib/client/format";
import { coverageQuery } from "@/lib/client/queries";
import type { Export } from "@/lib/schemas/export";
import type { Coverage } from "@/lib/schemas/run";
import { useWindow, type WindowBounds } from "./use-window";
import { WindowChecks } from "./window-checks";
import { WindowFacts } from "./window-facts";
import { WindowRuns } from "./window-runs";

export interface WindowSheetProps {
  bounds: WindowBounds;
  open: boolean;
  exported: Export;
  onOpenRun: (id: string) => void;
}

/** The drawer’s content, loaded when one opens. */
export function WindowSheet({ bounds, open, exported, onOpenRun }: WindowSheetProps) {
  const [, setWindow] = useWindow();
  const around = useQuery({ ...aroundQuery(exported.id, bounds), enabled: open, placeholderData: (last) => last });
  const windows = around.data ?? [];
  const at = windows.findIndex(({ start, end }) => start === bounds.start && end === bounds.end);
  // The window may be known from its neighbor's answer already.
  const isLoading = around.isPending || (around.isPlaceholderData && at < 0);
  // The run's drawer takes the place of this one; "back" returns to it.
  const openRun = (id: string) => {
    void setWindow(null);
    onOpenRun(id);
  };
  return (
    <Dialog
      kind="sheet"
      open={open}
      onOpenChange={(next) => !next && setWindow(null)}
      title={`${formatInterval(bounds.start, bounds.end)} UTC`}
      description="Its state, runs, and checks"
    >
      <DialogBody className="flex flex-col gap-6">
        <Neighbors before={windows[at - 1]} after={at < 0 ? undefined : windows[at + 1]} onOpen={setWindow} />
        {isLoading && <Skeleton className="h-32 w-full" />}
        {around.isError && (
          <ErrorState title="Couldn’t load this window" error={around.error} onRetry={around.refetch} />
        )}
        {around.data && !isLoading && <WindowFacts window={windows[at]} exported={exported} />}
        <WindowRuns key={`runs ${bounds.start}`} exportId={exported.id} bounds={bounds} onOpen={openRun} />
        <WindowChecks key={`checks ${bounds.start}`} exported={exported} bounds={bounds} onOpenRun={openRun} />
      </DialogBody>
    </Dialog>
  );
}

/** The window between its neighbors, which touch the range. */
function aroundQuery(exportId: string, { start, end }: WindowBounds) {
  const shift = (iso: string, by: number) => new Date(Date.parse(iso) + by).toISOString();
  return coverageQuery(exportId, shift(start, -1), shift(end, 1));
}

interface NeighborsProps {
  before: Coverage | undefined;
  after: Coverage | undefined;
  onOpen: (window: WindowBounds) => void;
}

function Neighbors({ before, after, onOpen }: NeighborsProps) {
  return (
    <div className="flex flex-wrap gap-2">
      <Button steps size="sm" disabled={!before} onClick={() => before && onOpen(before)}>
        <ChevronLeft aria-hidden /> Earlier window
      </Button>
      <Button steps size="sm" disabled={!after} onClick={() => after && onOpen(after)}>
        Later window <ChevronRight aria-hidden />
      </Button>
    </div>
  );
}
