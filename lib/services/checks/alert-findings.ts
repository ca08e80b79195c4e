import type { Tx } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { raiseAlert, wasReported } from "@/lib/services/alerts";
import { failureOfFindings } from "./failure-of";
import type { Recorded } from "./record";

/**
 * Raises one alert per outcome of what nothing will mend by itself, at most once a day. The caller holds the export.
 * Returns the alerts.
 */
export async function alertFindings(tx: Tx, exported: ExportRow, recorded: readonly Recorded[]): Promise<string[]> {
  if (exported.deletedAt !== null) return [];
  const alarming = recorded.filter((one) => isAlarming(one, exported));
  const alertIds: string[] = [];
  for (const group of Map.groupBy(alarming, ({ finding: { kind, outcome } }) => `${kind} ${outcome}`).values()) {
    const failure = failureOfFindings(group.map(({ finding }) => finding));
    const [first] = group;
    if (!first || !failure || (await wasReported(tx, exported.id, failure.code))) continue;
    const { id: runId, intervalStart, intervalEnd } = first.finding.run;
    const about = { runId, intervalStart, intervalEnd };
    alertIds.push(await raiseAlert(tx, exported, { ...about, kind: "finding", cause: failure.code, failure }));
  }
  return alertIds;
}

/**
 * Whether a finding is to be reported: not while a run may still mend it, not twice, and no absence that is expected.
 */
function isAlarming({ finding: { kind, outcome }, watched, isPending }: Recorded, { checks }: ExportRow): boolean {
  if (isPending || (outcome === "missing" && checks.expectDeletion)) return false;
  return outcome !== (kind === "source" ? watched.sourceReported : watched.destinationReported);
}
