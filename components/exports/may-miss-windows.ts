import type { Export } from "@/lib/schemas/export";

/** Whether an export can start what it missed, as far as its own state is concerned. */
export const mayMissWindows = ({ paused, blockedBy }: Pick<Export, "paused" | "blockedBy">): boolean =>
  !paused && blockedBy !== "connection_unverified";
