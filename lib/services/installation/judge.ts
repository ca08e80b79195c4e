import type { InstallationRow } from "@/lib/db/rows";
import type { HoldReason } from "@/lib/fields/installation";
import type { Marker } from "@/lib/temporal/marker";

/** Where this process finds Temporal, and the address of its web app. */
export interface Here {
  temporal: string;
  appUrl: string;
}

export interface Verdict {
  reason: HoldReason;
  /** How this was noticed, in sentences. */
  facts: string;
}

type Known = Pick<InstallationRow, "id" | "generation" | "stamp" | "raisedAt" | "temporal" | "appUrl">;

/** What Temporal remembers. */
export interface Remembered {
  marker: Marker | "unreadable" | null;
  /** Markers of other task queues in the namespace; asked only where there is no marker. */
  others: readonly Marker[];
  /** Whether the generation was raised lately, or this process has seen the database before. */
  isFresh: boolean;
}

/**
 * Whether a database and a Temporal namespace belong together: null if so. A database that is ahead of Temporal, or a
 * Temporal without a marker while the database was used a moment ago, needs no decision: the database is the truth.
 */
export function judge(known: Known, { marker, others, isFresh }: Remembered, here: Here): Verdict | null {
  const raised = known.raisedAt?.toISOString() ?? "an unknown time";
  if (marker === "unreadable")
    return {
      reason: "foreign",
      facts: "Something other than Penstock wrote the note on Penstock's marker schedule in Temporal.",
    };
  if (marker && marker.id !== known.id)
    return {
      reason: "foreign",
      facts: `Temporal at ${here.temporal} belongs to the installation ${marker.id}, and this database to ${known.id}.`,
    };
  if (marker && isAhead(marker, known))
    return {
      reason: "restored",
      facts:
        marker.generation > known.generation
          ? `Temporal remembers generation ${marker.generation} of this database, which is at generation ${known.generation} from ${raised}.`
          : `Temporal remembers another generation ${marker.generation} than this database has from ${raised}: both continued from a common one.`,
    };
  if (others.some((other) => other.id === known.id && isAhead(other, known)))
    return {
      reason: "foreign",
      facts: `Another task queue of Temporal at ${here.temporal} serves the installation that this database was copied from.`,
    };
  if (known.appUrl !== null && known.appUrl !== here.appUrl)
    return { reason: "copied", facts: `APP_URL was ${known.appUrl} until ${raised}, and is now ${here.appUrl}.` };
  // Also on another task queue than before.
  if (marker || others.some(({ id }) => id === known.id) || known.temporal === null) return null;
  if (known.temporal !== here.temporal)
    return {
      reason: "copied",
      facts: `Temporal was at ${known.temporal} until ${raised}, and ${here.temporal} has no record of this installation.`,
    };
  if (isFresh) return null;
  return {
    reason: "restored",
    facts: `Temporal at ${here.temporal} has no record of this installation, and no worker has used this database since ${raised}: either Temporal's data is lost, or both were restored.`,
  };
}

/** Whether Temporal remembers what the database doesn't. */
const isAhead = (marker: Marker, { generation, stamp }: Known): boolean =>
  marker.generation > generation || (marker.generation === generation && marker.stamp !== stamp);
