"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Table, Th } from "@/components/ui/table";
import { ask } from "@/lib/client/api";
import { apiKeysQuery } from "@/lib/client/people-queries";
import type { ApiKey } from "@/lib/schemas/organization";
import { ApiKeyRow } from "./api-key-row";

export function ApiKeyTable({ items, projectId }: { items: readonly ApiKey[]; projectId: string }) {
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  return (
    <>
      <Table aria-label="API keys">
        <thead className="max-sm:sr-only">
          <tr>
            <Th>Key</Th>
            <Th className="hidden sm:table-cell">May</Th>
            <Th className="hidden lg:table-cell">Made by</Th>
            <Th className="hidden sm:table-cell">Expires</Th>
            <Th className="hidden md:table-cell">Last used</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <ApiKeyRow key={item.id} value={item} onRevoke={() => setRevoking(item)} />
          ))}
        </tbody>
      </Table>
      {revoking && <RevokeDialog value={revoking} projectId={projectId} onClose={() => setRevoking(null)} />}
    </>
  );
}

function RevokeDialog({ value, projectId, onClose }: { value: ApiKey; projectId: string; onClose: () => void }) {
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => ask("revokeApiKey", { params: { id: value.id } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: apiKeysQuery(projectId).queryKey });
      toast.success(`API key “${value.name}” revoked`);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Revoke the API key “${value.name}”?`}
      confirmLabel="Revoke key"
      onConfirm={() => revoke.mutate()}
      pending={revoke.isPending}
      error={revoke.error?.message}
    >
      <p>Programs that use it are refused from now on. A revoked key can’t be brought back.</p>
    </ConfirmDialog>
  );
}
