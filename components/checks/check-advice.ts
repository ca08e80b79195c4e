import type { Check } from "@/lib/schemas/check";
import type { Export } from "@/lib/schemas/export";

/** What to do about a finding that waits for a person. */
export interface Advice {
  words: string;
  /** The label of the button that exports the window again; null where that doesn't help. */
  again: string | null;
}

const AGAIN = "Export the window again";

const LOSS =
  "Find out what removed the rows. The export may be their only copy: a run doesn’t replace it with fewer rows unless an admin allows it.";

/** Advice about a check; null if nothing waits for a person. */
export function adviceOf(check: Check, { checks }: Pick<Export, "checks">): Advice | null {
  if (!check.current || isUnderWay(check)) return null;
  switch (check.outcome) {
    case "late":
      return checks.onLate === "ask"
        ? { words: "The window needs your decision.", again: "Export again with the late rows" }
        : { words: "The window is missing the late rows.", again: AGAIN };
    case "shrunk":
    case "gone":
      return { words: LOSS, again: null };
    case "changed":
      return {
        words:
          check.kind === "source" ? "Find out what changed the rows." : "Find out who changed it at the destination.",
        again: AGAIN,
      };
    case "missing":
      return { words: checks.expectDeletion ? "Expected, so no alert was sent." : "", again: AGAIN };
    case "extra":
      return { words: "Readers might see rows twice. Find out who wrote it, and remove it there.", again: null };
    case "unreadable":
      return { words: "Check the encryption key and the credentials of the connection.", again: AGAIN };
    default:
      return null;
  }
}

/** A run that ended without a new receipt leaves the finding open. */
const isUnderWay = ({ action }: Check) => action !== null && action.state !== "Failed" && action.state !== "Cancelled";
