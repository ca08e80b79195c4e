"use client";

import { useId, useState } from "react";
import { Facts } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { formatInterval, plural } from "@/lib/client/format";
import type { Run } from "@/lib/schemas/run";
import type { AllowShrinkProps } from "./allow-shrink";
import { useRunActions } from "./use-run-actions";

/** Shows what a window would lose, and retries its run once that is confirmed. */
export function AllowShrinkDialog({ run, rows, onRetried, onClose }: AllowShrinkProps & { onClose: () => void }) {
  const [isSure, setSure] = useState(false);
  const id = useId();
  const onDone = (fresh: Run) => {
    onClose();
    onRetried(fresh);
  };
  const { retry } = useRunActions(run, onDone, { allowShrink: true });
  const lost = plural(rows.receipt - rows.source, "row");
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Replace this window with fewer rows?"
      confirmLabel="Replace the window"
      cancelLabel="Keep the rows"
      onConfirm={() => retry.mutate()}
      pending={retry.isPending}
      disabled={!isSure}
      error={retry.error?.message}
    >
      <Facts
        className="grid-cols-2 rounded-lg border border-border p-3 text-foreground"
        items={[
          ["In its receipt", plural(rows.receipt, "row")],
          ["In the source", plural(rows.source, "row")],
        ]}
      />
      <p>
        The window {formatInterval(run.intervalStart, run.intervalEnd)} UTC is exported again with the rows the source
        has at that time. They replace the window’s current files or table rows. Rows that only the destination still
        has are lost: at least {lost}. The audit log records it.
      </p>
      <div className="flex items-center gap-2.5 text-foreground">
        <Checkbox id={id} checked={isSure} onChange={setSure} />
        <label htmlFor={id}>I accept the loss of at least {lost}</label>
      </div>
    </ConfirmDialog>
  );
}
