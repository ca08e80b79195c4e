import { useQueryClient } from "@tanstack/react-query";
import { ask } from "@/lib/client/api";
import { OF_CONNECTIONS, OF_EXPORTS, refresh } from "@/lib/client/asking";
import { plural } from "@/lib/client/format";
import { toast } from "@/lib/client/toast";
import { useMutation } from "@/lib/client/use-mutation";
import type { Connection } from "@/lib/schemas/connection";

/** Verifies a saved connection, then refetches it and the exports that can start now. */
export function useVerify({ id, verifiedAt, exports }: Pick<Connection, "id" | "verifiedAt" | "exports">) {
  const queries = useQueryClient();
  const waiting = verifiedAt === null ? exports.filter(({ paused }) => !paused).length : 0;
  return useMutation({
    mutationFn: () => ask("verifyConnection", { params: { id } }),
    onSuccess: ({ ok }) => {
      const description = waiting > 0 ? `${plural(waiting, "export")} can start now.` : undefined;
      if (ok) toast.success("Connection verified", { description });
    },
    onSettled: () => refresh(queries, [...OF_CONNECTIONS, ...OF_EXPORTS, "listBuckets"]),
  });
}
