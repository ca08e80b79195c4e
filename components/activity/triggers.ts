import type { Activity } from "@/lib/schemas/activity";

/** What triggered a request, in a word or two. */
export const triggerWords: Record<Activity["trigger"], string> = {
  schedule: "Scheduled",
  once: "One-time",
  historic: "Historic",
  retry: "Retry",
  heal: "Heal (late rows)",
};
