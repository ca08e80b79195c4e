"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { Dialog, DialogBody } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { Tabs } from "@/components/ui/tabs";
import { formatInterval } from "@/lib/client/format";
import { runQuery } from "@/lib/client/queries";
import type { Run } from "@/lib/schemas/run";
import { ReceiptStatusBadge } from "./receipt-status";
import { RetryConfirm } from "./retry-confirm";
import { RunButtons } from "./run-buttons";
import { RunFailure } from "./run-failure";
import { RunFiles } from "./run-files";
import { RunLogView } from "./run-log";
import { RunOverview } from "./run-overview";
import { RunReceipt } from "./run-receipt";
import { RunStateBadge } from "./run-state";
import { useView } from "./use-view";

const ReadRun = dynamic(() => import("@/components/reading/read-it").then((it) => it.ReadRun));
const RunTimeline = dynamic(() => import("@/components/timeline/run-timeline"), {
  loading: () => <Skeleton className="h-48 w-full" />,
});

export interface RunSheetProps {
  id: string;
  open: boolean;
  onClose: () => void;
  onOpenRun: (id: string) => void;
  /** Whether the URL asks to retry the run, which needs confirmation. */
  askRetry?: boolean;
  onAsked?: () => void;
}

/** The drawer’s content, loaded when one opens. */
export function RunSheet({ id, open, onClose, ...rest }: RunSheetProps) {
  const run = useQuery({ ...runQuery(id), enabled: open });
  return (
    <Dialog
      kind="sheet"
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={run.data ? `${formatInterval(run.data.intervalStart, run.data.intervalEnd)} UTC` : "Run"}
    >
      <DialogBody>
        {run.isPending && (
          <div role="status" aria-label="Loading the run" className="flex flex-col gap-3">
            <Skeleton className="h-6 w-40" />
            <Skeleton className="h-40 w-full" />
          </div>
        )}
        {run.isError && <ErrorState title="Couldn’t load this run" error={run.error} onRetry={run.refetch} />}
        {run.data && <Loaded run={run.data} {...rest} />}
      </DialogBody>
    </Dialog>
  );
}

type LoadedProps = { run: Run } & Pick<RunSheetProps, "onOpenRun" | "askRetry" | "onAsked">;

function Loaded({ run, onOpenRun, askRetry = false, onAsked }: LoadedProps) {
  const [view, setView] = useView();
  const onRetried = (fresh: Run) => onOpenRun(fresh.id);
  const views = [
    { value: "overview", label: "Overview", content: <RunOverview run={run} /> },
    { value: "timeline", label: "Timeline", content: <RunTimeline run={run} /> },
    { value: "files", label: "Files", content: <RunFiles run={run} /> },
    { value: "receipt", label: "Receipt", content: <RunReceipt run={run} onOpenRun={onOpenRun} /> },
    { value: "read", label: "Read it", content: <ReadRun run={run} /> },
    { value: "log", label: "Log", content: <RunLogView run={run} /> },
  ] as const;
  return (
    <>
      <div className="mb-4 flex items-center justify-between gap-3">
        <span aria-live="polite" className="flex flex-wrap items-center gap-2">
          <RunStateBadge run={run} />
          <ReceiptStatusBadge status={run.receiptStatus} />
        </span>
        <RunButtons run={run} onRetried={onRetried} />
      </div>
      {askRetry && <RetryConfirm run={run} onClose={() => onAsked?.()} onRetried={onRetried} />}
      {run.error && <RunFailure run={run} error={run.error} onRetried={onRetried} />}
      <Tabs label="About this run" tabs={views} value={view} onChange={setView} />
    </>
  );
}
