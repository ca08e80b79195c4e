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
    const { id: runId, intervalStart, intervalEnd } = first.run;
    const about = { runId, intervalStart, intervalEnd };
    alertIds.push(await raiseAlert(tx, exported, { ...about, kind: "finding", cause: failure.code, failure }));
  }
  return alertIds;
}

/** Quiet while a heal is under way or still to come, and about what was reported when it was first found. */
function isAlarming({ finding, isNew, heal }: Recorded, { checks }: ExportRow): boolean {
  if (heal === "pending" || (heal !== null && typeof heal === "object")) return false;
  if (finding.outcome === "missing" && checks.expectDeletion) return false;
  return isNew || heal === "refused";
}
