"use client";

import { useQueryClient } from "@tanstack/react-query";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ask } from "@/lib/client/api";
import { refresh } from "@/lib/client/asking";
import { toast } from "@/lib/client/toast";
import { useMutation } from "@/lib/client/use-mutation";
import { kindOf } from "@/lib/destinations/outlines";
import type { Connection } from "@/lib/schemas/connection";

/** What the deletion leaves unchanged. */
const THERE = { files: "The bucket and its contents", tables: "The tables" };

interface DeleteProps {
  connection: Connection;
  onClose: () => void;
  onDeleted: () => void;
}

/** Deletes a connection. Shows the reason if an export still uses it. */
export function DeleteConnectionDialog({ connection, onClose, onDeleted }: DeleteProps) {
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => ask("deleteConnection", { params: { id: connection.id } }),
    onSuccess: () => {
      toast.success(`Connection “${connection.name}” deleted`);
      onClose();
      onDeleted();
      return refresh(queries, ["listConnections"]);
    },
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Delete the connection “${connection.name}”?`}
      confirmLabel="Delete connection"
      onConfirm={() => remove.mutate()}
      pending={remove.isPending}
      error={remove.error?.message}
    >
      <p>Its stored secret is deleted too. {THERE[kindOf(connection.type)]} don’t change.</p>
    </ConfirmDialog>
  );
}
