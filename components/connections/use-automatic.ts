import { useQueryClient } from "@tanstack/react-query";
import { ask } from "@/lib/client/api";
import { OF_CONNECTIONS, OF_EXPORTS, refresh } from "@/lib/client/asking";
import { toast } from "@/lib/client/toast";
import { useMutation } from "@/lib/client/use-mutation";
import type { Connection } from "@/lib/schemas/connection";

/** Turns the schedules of all exports of a connection on or off. */
export function useAutomatic({ id, name }: Pick<Connection, "id" | "name">) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (automatic: boolean) => ask("patchConnection", { params: { id }, body: { automatic } }),
    onSuccess: (_, automatic) => toast.success(`Automatic exports are ${automatic ? "on" : "off"} for “${name}”`),
    onError: (error) => toast.error(error.message),
    onSettled: () => refresh(queries, [...OF_CONNECTIONS, ...OF_EXPORTS]),
  });
}
