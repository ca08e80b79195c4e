import type { Decision, HoldReason } from "@/lib/fields/installation";

/** What happened, for each reason to hold an installation. */
export const REASONS: Record<HoldReason, { title: string; text: string }> = {
  restored: {
    title: "The database was restored from a backup",
    text: "Runs after the backup might have written files and rows that the database doesn’t know. If work continues, their windows are exported again.",
  },
  copied: {
    title: "This database was copied or moved",
    text: "If the original installation still runs, both would write to the same places.",
  },
  foreign: {
    title: "Temporal belongs to another installation",
    text: "If work continues, that installation’s schedules are removed. If it still exists, set another TEMPORAL_NAMESPACE for this one and restart its workers.",
  },
};

/** What each decision does. */
export const CHOICES: Record<Decision, { label: string; note: string; confirm: string }> = {
  reconcile: {
    label: "Read the buckets, then continue",
    note: "This is the installation, and no other one runs. Receipts in its buckets that the database lacks are recovered. Exports that Temporal remembers as deleted, paused, or rescheduled are paused, and so are those that can’t be compared.",
    confirm: "Read and continue",
  },
  continue: {
    label: "Continue without reading",
    note: "Windows since the backup are exported again. The files of forgotten runs stay beside the new ones, and the chain of receipts in the bucket forks.",
    confirm: "Continue",
  },
  separate: {
    label: "This is a copy",
    note: "It becomes a separate installation. Every export is paused, every connection must be verified again, runs in progress are canceled, and queued emails and webhooks are discarded.",
    confirm: "Make it separate",
  },
};
