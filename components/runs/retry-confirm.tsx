"use client";

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { formatInterval } from "@/lib/client/format";
import { isActive } from "@/lib/client/polling";
import { useMay } from "@/lib/client/use-may";
import type { Run } from "@/lib/schemas/run";
import { useRunActions } from "./use-run-actions";

interface RetryConfirmProps {
  run: Run;
  onClose: () => void;
  onRetried: (fresh: Run) => void;
}

/** Confirms a retry requested by a link in a mail. Renders nothing if the run is active or the user may not retry. */
export function RetryConfirm({ run, onClose, onRetried }: RetryConfirmProps) {
  const may = useMay("runs.start");
  const { retry } = useRunActions(run, (fresh) => {
    onClose();
    onRetried(fresh);
  });
  if (!may || isActive(run)) return null;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Retry this run?"
      confirmLabel="Retry the run"
      cancelLabel="Not now"
      harmless
      onConfirm={() => retry.mutate()}
      pending={retry.isPending}
      error={retry.error?.message}
    >
      <p>
        The window {formatInterval(run.intervalStart, run.intervalEnd)} UTC is exported again. Its files in a bucket are
        replaced. In a warehouse, the export’s setting determines whether its rows are replaced.
      </p>
    </ConfirmDialog>
  );
}
