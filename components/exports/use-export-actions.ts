import { useMutationState, useQueryClient } from "@tanstack/react-query";
import { ask } from "@/lib/client/api";
import { OF_EXPORTS, refresh } from "@/lib/client/asking";
import { plural } from "@/lib/client/format";
import { toast } from "@/lib/client/toast";
import { useMutation } from "@/lib/client/use-mutation";
import type { Export } from "@/lib/schemas/export";

const pausing = (id: string) => ["pause", id];

/** Pauses and resumes an export. */
export function usePause({ id, name }: Pick<Export, "id" | "name">) {
  const queries = useQueryClient();
  return useMutation({
    mutationKey: pausing(id),
    mutationFn: (paused: boolean) => ask(paused ? "pauseExport" : "resumeExport", { params: { id } }),
    onSuccess: (_, paused) => toast.success(paused ? `“${name}” paused` : `“${name}” resumed`),
    onError: (error) => toast.error(error.message),
    onSettled: () => refresh(queries, OF_EXPORTS),
  });
}

/** Whether an export is paused. A pending request counts at once, wherever on the page it was made. */
export function usePaused({ id, paused }: Pick<Export, "id" | "paused">): boolean {
  const asked = useMutationState({
    filters: { mutationKey: pausing(id), status: "pending" },
    select: ({ state }) => state.variables === true,
  });
  return asked.at(-1) ?? paused;
}

/** Resumes an export and exports the windows that it missed. */
export function useCatchUp({ id, name }: Pick<Export, "id" | "name">) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => ask("catchUp", { params: { id } }),
    onSuccess: ({ historicExport }) => {
      const description = historicExport
        ? `A historic export of ${plural(historicExport.windows, "window")} has started.`
        : "No windows were missed.";
      toast.success(`“${name}” resumed`, { description });
    },
    onError: (error) => toast.error(error.message),
    onSettled: () => refresh(queries, OF_EXPORTS),
  });
}

/** Deletes an export. `onDone` runs before its queries are dropped, to leave its page. */
export function useDelete({ id, name }: Pick<Export, "id" | "name">, onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => ask("deleteExport", { params: { id } }),
    onSuccess: () => {
      toast.success(`“${name}” deleted`);
      onDone();
      return refresh(queries, ["listExports"]);
    },
  });
}
