"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toast } from "@/lib/client/toast";
import { signOut } from "./auth";
import { forgetDrafts } from "./drafts";

/** Ends the session and goes to the sign-in page. */
export function useSignOut() {
  const router = useRouter();
  const client = useQueryClient();
  return async () => {
    try {
      await signOut();
    } catch (error) {
      toast.error(error instanceof Error ? error.message : "Couldn’t sign out. Try again.");
      return;
    }
    // The next person must not see the last one's data.
    client.clear();
    forgetDrafts();
    router.replace("/sign-in");
  };
}
