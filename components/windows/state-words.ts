import type { Coverage } from "@/lib/schemas/run";

interface Words {
  label: string;
  note: string;
}

/** Words of a window's state: its label, and what it means. */
export const STATE_WORDS: Record<Coverage["state"], Words> = {
  committed: { label: "Committed", note: "A receipt says what the window holds." },
  broken: { label: "Broken", note: "The destination no longer matches the window’s receipt." },
  running: { label: "Running", note: "A run is exporting the window." },
  failed: { label: "Failed", note: "The last run of the window failed." },
  cancelled: { label: "Canceled", note: "The last run of the window was canceled." },
  missing: { label: "Not exported", note: "No run has exported the window." },
  due: { label: "Due", note: "The window hasn’t ended yet." },
  not_expected: { label: "Not expected", note: "The schedule didn’t run when the window ended." },
};

/** Never expected, and no gap: a historic export can add it. */
const BEFORE_EXPORT: Words = {
  label: "Before the export",
  note: "The window ended before the export was created. A historic export can add it.",
};

/** Words of one window's state. */
export const wordsOf = ({ state, reason }: Pick<Coverage, "state" | "reason">): Words =>
  reason === "before_export" ? BEFORE_EXPORT : STATE_WORDS[state];
