import { useQueryClient } from "@tanstack/react-query";
import { ask } from "@/lib/client/api";
import { OF_EXPORTS, refresh } from "@/lib/client/asking";
import { formatInterval, formatTime } from "@/lib/client/format";
import { runQuery } from "@/lib/client/queries";
import { toast } from "@/lib/client/toast";
import { useMutation } from "@/lib/client/use-mutation";
import { useAppRouter } from "@/lib/client/workspace";
import type { Export } from "@/lib/schemas/export";

/** Why a permitted run can't start; null if it can. */
export function runProblem({ blockedBy, ended, endAt }: Pick<Export, "blockedBy" | "ended" | "endAt">): string | null {
  if (ended) return `It ended${endAt ? ` on ${formatTime(endAt)}` : ""}. Create a historic export for earlier windows.`;
  return blockedBy === "connection_unverified" ? "Verify its connection first." : null;
}

/** Runs the window that just ended and opens the run. */
export function useRunNow({ id }: Pick<Export, "id">) {
  const queries = useQueryClient();
  const router = useAppRouter();
  return useMutation({
    mutationFn: () => ask("runExport", { params: { id } }),
    onSuccess: (run) => {
      queries.setQueryData(runQuery(run.id).queryKey, run);
      const description = `${formatInterval(run.intervalStart, run.intervalEnd)} UTC`;
      toast.success("Run started", { description });
      router.push(`/exports/${id}?run=${run.id}`);
    },
    onError: (error) => toast.error(error.message),
    onSettled: () => refresh(queries, OF_EXPORTS),
  });
}
