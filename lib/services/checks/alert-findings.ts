import type { Tx } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { raiseAlert, wasReported } from "@/lib/services/alerts";
import { failureOfFindings } from "./failure-of";
import type { Recorded } from "./record";

interface Alerted {
  alertIds: string[];
  /** What was found, with what is still to be reported. */
  recorded: Recorded[];
}

/**
 * Raises one alert per outcome of what nothing will fix automatically, at most once a day: `alertLater` reports the rest.
 * The caller holds the export.
 */
export async function alertFindings(tx: Tx, exported: ExportRow, recorded: readonly Recorded[]): Promise<Alerted> {
  const alarming = recorded.filter((one) => isAlarming(one, exported));
  const alertIds: string[] = [];
  const unreported = new Set<Recorded>();
  for (const group of Map.groupBy(alarming, ({ finding: { kind, outcome } }) => `${kind} ${outcome}`).values()) {
    const failure = failureOfFindings(group);
    const [first] = group;
    if (!first || !failure) continue;
    if (await wasReported(tx, exported.id, failure.code)) {
      for (const one of group) unreported.add(one);
      continue;
    }
    const { id: runId, intervalStart, intervalEnd } = first.finding.run;
    const about = { runId, intervalStart, intervalEnd };
    alertIds.push(await raiseAlert(tx, exported, { ...about, kind: "finding", cause: failure.code, failure }));
  }
  return { alertIds, recorded: recorded.map((one) => ({ ...one, isUnreported: unreported.has(one) })) };
}

/**
 * Whether a finding is to be reported: not while a run may still mend it, not twice, and no absence that is expected.
 */
function isAlarming(
  { finding: { kind, outcome }, watched, isPending }: Recorded,
  { checks, deletedAt }: ExportRow,
): boolean {
  if (deletedAt !== null || isPending || (outcome === "missing" && checks.expectDeletion)) return false;
  return outcome !== (kind === "source" ? watched.sourceReported : watched.destinationReported);
}
