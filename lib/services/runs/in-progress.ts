import { conflict } from "@/lib/errors";

/** What is answered to whoever asks for a window that another run holds. */
export const inProgress = () =>
  conflict("run_in_progress", "A run on this window is under way: wait for it to finish, or cancel it first.");
