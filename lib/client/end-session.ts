import { atBase } from "@/lib/base-path";
import { toast } from "@/lib/client/toast";
import { signOut } from "./auth";
import { forgetDrafts } from "./drafts";
import { leaveSilently } from "./leave-silently";

/** Ends the session and goes to the sign-in page. */
export async function endSession(): Promise<void> {
  try {
    await signOut();
  } catch (error) {
    toast.error(error instanceof Error ? error.message : "Couldn’t sign out. Try again.");
    return;
  }
  // The next person must not see the last one's data: a new document forgets all pages and answers.
  forgetDrafts();
  leaveSilently();
  window.location.replace(atBase("/sign-in"));
}
