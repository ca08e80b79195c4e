import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { catchUp, deleteExport, setExportPaused } from "@/lib/client/commands";
import { plural } from "@/lib/client/format";
import type { Export } from "@/lib/schemas/export";

/** Pausing and resuming an export. */
export function usePause({ id, name }: Pick<Export, "id" | "name">) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (paused: boolean) => setExportPaused(id, paused),
    onSuccess: (_, paused) => toast.success(paused ? `“${name}” is paused` : `“${name}” runs again on its schedule`),
    onError: (error) => toast.error(error.message),
    onSettled: () => queries.invalidateQueries({ queryKey: ["exports"] }),
  });
}

/** Resuming an export and exporting the windows that it missed. */
export function useCatchUp({ id, name }: Pick<Export, "id" | "name">) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => catchUp(id),
    onSuccess: ({ historicExport }) => {
      const description = historicExport
        ? `A historic export of ${plural(historicExport.windows, "window")} has started.`
        : "No window was missed.";
      toast.success(`“${name}” runs again on its schedule`, { description });
    },
    onError: (error) => toast.error(error.message),
    onSettled: () => queries.invalidateQueries({ queryKey: ["exports"] }),
  });
}

/** Deleting an export; `onDone` comes before its queries are dropped, to leave its page in time. */
export function useDelete({ id, name }: Pick<Export, "id" | "name">, onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => deleteExport(id),
    onSuccess: () => {
      toast.success(`“${name}” is deleted`);
      onDone();
      return queries.invalidateQueries({ queryKey: ["exports", "list"] });
    },
  });
}
