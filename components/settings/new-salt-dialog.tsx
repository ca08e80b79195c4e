"use client";

import { useQueryClient } from "@tanstack/react-query";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ask } from "@/lib/client/api";
import { meQuery } from "@/lib/client/queries";
import { toast } from "@/lib/client/toast";
import { useMutation } from "@/lib/client/use-mutation";
import type { Project } from "@/lib/schemas/project";

/** Gives a project a new salt, after a warning of what that changes. */
export function NewSaltDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const queries = useQueryClient();
  const replace = useMutation({
    mutationFn: () => ask("replaceSalt", { params: { projectId: project.id } }),
    onSuccess: async () => {
      toast.success("New salt set");
      onClose();
      await queries.invalidateQueries(meQuery());
    },
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Set a new salt for “${project.name}”?`}
      confirmLabel="Set a new salt"
      cancelLabel="Cancel"
      onConfirm={() => replace.mutate()}
      pending={replace.isPending}
      error={replace.error?.message}
    >
      <p>
        The key that encrypted the salt of hashed columns is not in ENCRYPTION_KEYS. With a new salt, exports that hash
        columns can run again, but equal values get different hashes than in earlier files: they can’t be joined, and
        retried windows no longer match.
      </p>
      <p>If the old key still exists, restore it in ENCRYPTION_KEYS instead.</p>
    </ConfirmDialog>
  );
}
