"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { refresh } from "@/lib/client/asking";
import { toast } from "@/lib/client/toast";
import { useMay } from "@/lib/client/use-may";
import { useMutation } from "@/lib/client/use-mutation";
import type { OperationId } from "@/lib/openapi/addresses";
import type { Permission } from "@/lib/permissions";

interface ReleaseButtonProps {
  permission: Permission;
  /** What is released, for screen readers. */
  name: string;
  title: string;
  confirmLabel: string;
  release: () => Promise<unknown>;
  /** The message after a release. */
  done: string;
  /** The operation to refetch afterward. */
  shownBy: OperationId;
  children: ReactNode;
}

/** Releases something after a confirmation, if the user may. The dialog shows the reason for a refusal. */
export function ReleaseButton({ permission, name, release, done, shownBy, children, ...dialog }: ReleaseButtonProps) {
  const may = useMay(permission);
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const releasing = useMutation({
    mutationFn: release,
    onSuccess: () => {
      toast.success(done);
      setOpen(false);
      return refresh(queries, [shownBy]);
    },
  });
  if (!may) return null;
  return (
    <>
      <Button size="sm" aria-label={`Release ${name}`} onClick={() => setOpen(true)}>
        Release
      </Button>
      <ConfirmDialog
        {...dialog}
        open={open}
        onOpenChange={setOpen}
        onConfirm={() => releasing.mutate()}
        pending={releasing.isPending}
        error={releasing.error?.message}
      >
        <p>{children}</p>
      </ConfirmDialog>
    </>
  );
}
