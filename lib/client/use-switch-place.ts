"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { showPlace, switchPlace } from "./switch-place";

/** Goes on in another organization or project, at its exports; nothing of the place one leaves is shown there. */
export function useSwitchPlace() {
  const queries = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: switchPlace,
    onSuccess: (me) => {
      router.push("/exports");
      return showPlace(queries, me);
    },
    onError: (error) => toast.error(error.message),
  });
}
