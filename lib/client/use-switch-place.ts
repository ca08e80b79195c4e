"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { showPlace, switchPlace } from "./switch-place";

/** Switches to another organization or project and opens its exports; shows nothing of the previous place. */
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
