import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { patchConnection } from "@/lib/client/commands";
import type { Connection } from "@/lib/schemas/connection";

/** Turning the schedules of all exports of a connection on and off. */
export function useAutomatic({ id, name }: Pick<Connection, "id" | "name">) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (automatic: boolean) => patchConnection(id, { automatic }),
    onSuccess: (_, automatic) => toast.success(`Automatic exports are ${automatic ? "on" : "off"} for “${name}”`),
    onError: (error) => toast.error(error.message),
    onSettled: () =>
      Promise.all(["connections", "exports"].map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  });
}
