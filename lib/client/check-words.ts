import type { CheckKind, CheckOutcome, Checks, Look } from "@/lib/fields/checks";

/** Words of checks, each in one place. docs/checks.md has the long version. */

interface OutcomeWords {
  label: string;
  /** What it means, in a sentence. */
  note: string;
}

export const OUTCOMES: Record<CheckOutcome, OutcomeWords> = {
  unchanged: { label: "Unchanged", note: "The source still has the rows that were exported." },
  late: { label: "Late rows", note: "Rows arrived in the source after the window was committed." },
  shrunk: { label: "Shrunk", note: "The source has fewer rows in the window than its receipt says." },
  gone: { label: "Gone", note: "The source no longer has any rows in the window." },
  changed: { label: "Changed", note: "The rows or files differ from what the receipt lists." },
  intact: { label: "Intact", note: "The destination has everything that the receipt lists." },
  missing: { label: "Missing", note: "Something that the receipt lists is missing at the destination." },
  extra: { label: "Extra", note: "The destination has data in the window that the receipt doesn’t list." },
  unreadable: { label: "Unreadable", note: "Something that the receipt lists can’t be read." },
  unknown: { label: "Unknown", note: "The check couldn’t be completed. Its reason says why." },
};

export const KINDS: Record<CheckKind, string> = {
  source: "Source",
  destination: "Destination",
  deep: "Read back",
};

/** What each kind of check does. */
export const KIND_NOTES: Record<"files" | "tables", Partial<Record<CheckKind, string>>> = {
  files: {
    source: "Counts and fingerprints the source’s current rows.",
    destination: "Compares the stored files with the receipts by size and ETag.",
    deep: "Reads all stored files and manifests back, and compares their SHA-256 with the receipts. Takes the longest.",
  },
  // A warehouse has no files to read back.
  tables: {
    source: "Counts and fingerprints the source’s current rows.",
    destination: "Counts the rows of each window in the warehouse.",
  },
};

export const LOOK_WORDS: Record<Look, string> = {
  "10m": "10 minutes",
  "1h": "1 hour",
  "1d": "1 day",
  "7d": "7 days",
  "30d": "30 days",
};

export const AUDIT_WORDS: Record<Checks["destination"], string> = { daily: "Daily", weekly: "Weekly", off: "Off" };

export const LATE_WORDS: Record<Checks["onLate"], { label: string; note: string }> = {
  heal: { label: "Export the window again", note: "A new receipt replaces the old one and says why." },
  ask: { label: "Ask", note: "Sends an alert with a button that exports the window again." },
  report: { label: "Only report", note: "Sends an alert. The window stays as it was exported." },
};

/** What consumers do that a check must not take for a loss. */
export const expectDeletionLabel = (kind: "files" | "tables"): string =>
  kind === "files" ? "Consumers delete files after loading them" : "Consumers delete rows after loading them";

const percent = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 2 });

/** A share from 0 to 1 as `1%`. */
export const formatShare = (share: number): string => percent.format(share);
