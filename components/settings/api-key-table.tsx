"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { DataTable } from "@/components/ui/data-table";
import { useNow } from "@/components/ui/time";
import { ask } from "@/lib/client/api";
import { apiKeysQuery } from "@/lib/client/people-queries";
import { toast } from "@/lib/client/toast";
import { useMutation } from "@/lib/client/use-mutation";
import type { ApiKey } from "@/lib/schemas/organization";
import { apiKeyColumns, isExpired } from "./api-key-columns";

export function ApiKeyTable({ items, projectId }: { items: readonly ApiKey[]; projectId: string }) {
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const now = useNow(30_000);
  return (
    <>
      <DataTable
        label="API keys"
        columns={apiKeyColumns(now, setRevoking)}
        rows={items}
        keyOf={({ id }) => id}
        rowClass={(key) => (key.revokedAt || isExpired(key, now) ? "text-muted" : undefined)}
      />
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
      <p>Programs that use it lose access immediately. A revoked key can’t be restored.</p>
    </ConfirmDialog>
  );
}
