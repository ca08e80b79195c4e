"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toast } from "@/lib/client/toast";
import { showWorkspace, switchWorkspace } from "./switch-workspace";

/** Switches to another organization or project and opens its exports; shows nothing of the previous place. */
export function useSwitchWorkspace() {
  const queries = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: switchWorkspace,
    onSuccess: (me) => {
      router.push("/exports");
      return showWorkspace(queries, me);
    },
    onError: (error) => toast.error(error.message),
  });
}
