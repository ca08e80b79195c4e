import type { Run } from "@/lib/schemas/run";

/** What started a run. */
export const TRIGGERS: Record<Run["trigger"], string> = {
  schedule: "Schedule",
  retry: "Retry",
  historic: "Historic export",
  once: "Manual",
  heal: "Late rows",
};

const isTrigger = (reason: string): reason is Run["trigger"] => Object.hasOwn(TRIGGERS, reason);

/** Why a receipt replaces another one, as what started its run; a reason that this version doesn't know, as it is. */
export const reasonWords = (reason: string): string => (isTrigger(reason) ? TRIGGERS[reason] : reason);
