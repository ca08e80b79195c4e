"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { deleteAlertChannel, patchAlertChannel, testAlertChannel } from "@/lib/client/people-commands";
import { alertChannelsQuery } from "@/lib/client/people-queries";
import type { AlertChannel } from "@/lib/schemas/alert";

/** What one can do with a channel. */
export function useChannelActions({ id, name }: AlertChannel) {
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries(alertChannelsQuery());
  const test = useMutation({ mutationFn: () => testAlertChannel(id), onSettled: refresh });
  const toggle = useMutation({
    mutationFn: (enabled: boolean) => patchAlertChannel(id, { enabled }),
    onSuccess: refresh,
    onError: (error) => toast.error(error.message),
  });
  const remove = useMutation({
    mutationFn: () => deleteAlertChannel(id),
    onSuccess: () => {
      toast.success(`Channel “${name}” deleted`);
      return refresh();
    },
  });
  return { test, toggle, remove };
}
