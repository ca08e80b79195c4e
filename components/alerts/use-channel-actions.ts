"use client";

import { useQueryClient } from "@tanstack/react-query";
import { ask } from "@/lib/client/api";
import { alertChannelsQuery } from "@/lib/client/people-queries";
import { toast } from "@/lib/client/toast";
import { useMutation } from "@/lib/client/use-mutation";
import type { AlertChannel } from "@/lib/schemas/alert";

export function useChannelActions({ id, name }: AlertChannel) {
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries(alertChannelsQuery());
  const test = useMutation({ mutationFn: () => ask("testAlertChannel", { params: { id } }), onSettled: refresh });
  const toggle = useMutation({
    mutationFn: (enabled: boolean) => ask("patchAlertChannel", { params: { id }, body: { enabled } }),
    onSuccess: refresh,
    onError: (error) => toast.error(error.message),
  });
  const remove = useMutation({
    mutationFn: () => ask("deleteAlertChannel", { params: { id } }),
    onSuccess: () => {
      toast.success(`Channel “${name}” deleted`);
      return refresh();
    },
  });
  return { test, toggle, remove };
}
