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

/**
 * Whether a database and a Temporal namespace belong together: null if so. A database that is ahead of Temporal, or a
 * Temporal without a marker at the known address, needs no decision: the database is the truth.
 */
export function judge(known: Known, marker: Marker | null, here: Here): Verdict | null {
  const raised = known.raisedAt?.toISOString() ?? "an unknown time";
  if (marker && marker.id !== known.id)
    return {
      reason: "foreign",
      facts: `Temporal at ${here.temporal} belongs to the installation ${marker.id}, and this database to ${known.id}.`,
    };
  if (marker && marker.generation > known.generation)
    return {
      reason: "restored",
      facts: `Temporal remembers generation ${marker.generation} of this database, which is at generation ${known.generation} from ${raised}.`,
    };
  if (marker && marker.generation === known.generation && marker.stamp !== known.stamp)
    return {
      reason: "restored",
      facts: `Temporal remembers another generation ${marker.generation} than this database has from ${raised}: both went on from a common one.`,
    };
  if (known.appUrl !== null && known.appUrl !== here.appUrl)
    return {
      reason: "copied",
      facts: `APP_URL was ${known.appUrl} until ${raised}, and is ${here.appUrl} now.`,
    };
  if (!marker && known.temporal !== null && known.temporal !== here.temporal)
    return {
      reason: "copied",
      facts: `Temporal was at ${known.temporal} until ${raised}, and ${here.temporal} knows nothing of this installation.`,
    };
  return null;
}
