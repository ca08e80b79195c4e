import { useQueryClient } from "@tanstack/react-query";
import { ask } from "@/lib/client/api";
import { OF_EXPORTS, refresh as refreshAll } from "@/lib/client/asking";
import { formatInterval } from "@/lib/client/format";
import { runQuery } from "@/lib/client/queries";
import { toast } from "@/lib/client/toast";
import { useMutation } from "@/lib/client/use-mutation";
import type { RetryRun, Run } from "@/lib/schemas/run";

/** Retries a run's window in a new run, and cancels an active run. */
export function useRunActions(
  run: Pick<Run, "id" | "intervalStart" | "intervalEnd">,
  onRetried?: (fresh: Run) => void,
  how: Partial<RetryRun> = {},
) {
  const queries = useQueryClient();
  const words = `${formatInterval(run.intervalStart, run.intervalEnd)} UTC`;
  const refresh = () => refreshAll(queries, OF_EXPORTS);
  const onError = (error: Error) => toast.error(error.message);
  const retry = useMutation({
    mutationFn: () => ask("retryRun", { params: { id: run.id }, body: how }),
    onSuccess: (fresh) => {
      toast.success("New run started", { description: words });
      onRetried?.(fresh);
    },
    onError,
    onSettled: refresh,
  });
  const cancel = useMutation({
    mutationFn: () => ask("cancelRun", { params: { id: run.id } }),
    onSuccess: (changed) => {
      queries.setQueryData(runQuery(run.id).queryKey, changed);
      toast.success("Canceling the run", { description: words });
    },
    onError,
    onSettled: refresh,
  });
  return { retry, cancel };
}
