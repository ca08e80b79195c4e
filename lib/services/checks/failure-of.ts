import type { Failure } from "@/lib/errors";
import type { CheckOutcome } from "@/lib/fields/checks";
import type { Finding } from "./finding";
import type { Recorded } from "./record";

interface Words {
  message: (finding: Finding) => string;
  fix: string;
}

const counts = ({ expected, found }: Finding) =>
  `The receipt says ${expected.rows ?? "an unknown number of"} rows; the source has ${found.rows ?? "an unknown number"}.`;

const named = ({ reason }: Finding) => (reason === null ? "" : ` ${reason}`);

const WORDS: Partial<Record<CheckOutcome, Words>> = {
  late: {
    message: (finding) => `Rows arrived in the source after the window was committed. ${counts(finding)}`,
    fix: "Retry the window to export it again with these rows. If this happens often, set a longer settle time.",
  },
  shrunk: {
    message: (finding) => `The source has fewer rows in the window than when it was exported. ${counts(finding)}`,
    fix: "Find out what removed them: a deletion, a TTL, or a lost part. The exported files still have them, so don't retry the window until you know.",
  },
  gone: {
    message: (finding) => `The source no longer has any rows in the window. ${counts(finding)}`,
    fix: "If the source removes old rows, set its retention in the source's settings. Otherwise find out what removed them: the exported files might be the only copy.",
  },
  changed: {
    message: (finding) =>
      finding.kind === "source"
        ? `The source's rows in the window have changed since they were exported. ${counts(finding)}`
        : `Data that the window's receipt lists has changed at the destination.${named(finding)}`,
    fix: "Find out what changed it. To export the window again, retry it.",
  },
  missing: {
    message: (finding) => `Data that the window's receipt lists is missing at the destination.${named(finding)}`,
    fix: "To export the window again, retry it. If consumers delete what they have loaded, say so in the export's checks (expectDeletion).",
  },
  extra: {
    message: (finding) => `The destination has data in the window that its receipt doesn't list.${named(finding)}`,
    fix: "Find out who wrote it, and remove what doesn't belong there: readers that list files see these rows twice.",
  },
  unreadable: {
    message: (finding) => `Data that the window's receipt lists can't be read.${named(finding)}`,
    fix: "Check the object's encryption key and storage class, and whether the connection's credentials can read it.",
  },
};

const WAITS = "Penstock heals the window once the export is resumed and its connection is verified and on.";

/** Words what checks of some windows with the same outcome found, for an alert. Null if there is nothing to do. */
export function failureOfFindings(recorded: readonly Pick<Recorded, "finding" | "heal">[]): Failure | null {
  const first = recorded[0]?.finding;
  const words = first && WORDS[first.outcome];
  if (!words) return null;
  const isWaiting = recorded.every(({ heal }) => heal?.state === "waiting");
  const more = recorded.length - 1;
  const others = more === 0 ? "" : ` The same is true for ${more === 1 ? "1 other window" : `${more} other windows`}.`;
  const code = `check_${first.kind === "source" ? "source" : "destination"}_${first.outcome}`;
  return { code, message: `${words.message(first)}${others}`, fix: isWaiting ? WAITS : words.fix, retryable: false };
}
