"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
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

interface RunDrawerProps {
  runId: string | null;
  onClose: () => void;
  onOpenRun: (id: string) => void;
  /** Whether the URL asks to retry the run, which needs confirmation. */
  askRetry?: boolean;
  onAsked?: () => void;
}

/** A side drawer with everything about one run, open while the URL names a run. */
export function RunDrawer({ runId, onClose, onOpenRun, ...rest }: RunDrawerProps) {
  const [, setView] = useView();
  // Keeps the last run visible during the closing animation.
  const [shown, setShown] = useState(runId);
  if (runId !== null && runId !== shown) setShown(runId);
  if (shown === null) return null;
  // Each run opens with its overview.
  const close = () => {
    void setView(null);
    onClose();
  };
  const openRun = (id: string) => {
    void setView(null);
    onOpenRun(id);
  };
  return <Drawer key={shown} id={shown} open={runId !== null} onClose={close} onOpenRun={openRun} {...rest} />;
}

interface DrawerProps extends Omit<RunDrawerProps, "runId"> {
  id: string;
  open: boolean;
}

function Drawer({ id, open, onClose, ...rest }: DrawerProps) {
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

const RunTimeline = dynamic(() => import("@/components/timeline/run-timeline"), {
  loading: () => <Skeleton className="h-48 w-full" />,
});

const VIEWS = ["overview", "timeline", "files", "receipt", "log"] as const;

/** The URL holds the open tab of the drawer. */
const useView = () => useQueryState("view", parseAsStringLiteral(VIEWS).withDefault("overview"));

type LoadedProps = { run: Run } & Pick<RunDrawerProps, "onOpenRun" | "askRetry" | "onAsked">;

function Loaded({ run, onOpenRun, askRetry = false, onAsked }: LoadedProps) {
  const [view, setView] = useView();
  const onRetried = (fresh: Run) => onOpenRun(fresh.id);
  const views = [
    { value: "overview", label: "Overview", content: <RunOverview run={run} /> },
    { value: "timeline", label: "Timeline", content: <RunTimeline run={run} /> },
    { value: "files", label: "Files", content: <RunFiles run={run} /> },
    { value: "receipt", label: "Receipt", content: <RunReceipt run={run} onOpenRun={onOpenRun} /> },
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
