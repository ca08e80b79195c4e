import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { ask } from "@/lib/client/api";
import { OF_EXPORTS, refresh } from "@/lib/client/asking";
import { formatInterval } from "@/lib/client/format";
import { runQuery } from "@/lib/client/queries";
import type { Export } from "@/lib/schemas/export";

/** Why a permitted run can't start; null if it can. */
export const runProblem = ({ blockedBy }: Pick<Export, "blockedBy">): string | null =>
  blockedBy === "connection_unverified" ? "Verify its connection first." : null;

/** Runs the window that just ended and opens the run. */
export function useRunNow({ id }: Pick<Export, "id">) {
  const queries = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: () => ask("runExport", { params: { id } }),
    onSuccess: (run) => {
      queries.setQueryData(runQuery(run.id).queryKey, run);
      const description = `${formatInterval(run.intervalStart, run.intervalEnd)} UTC`;
      toast.success("A run has started", { description });
      router.push(`/exports/${id}?run=${run.id}`);
    },
    onError: (error) => toast.error(error.message),
    onSettled: () => refresh(queries, OF_EXPORTS),
  });
}
