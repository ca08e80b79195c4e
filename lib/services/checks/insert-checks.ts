import type { Tx } from "@/lib/db/client";
import { checks } from "@/lib/db/schema";
import type { Recorded } from "./record";

/** Inserts what says something new, or was asked for. */
export async function insertChecks(tx: Tx, recorded: readonly Recorded[], checkId: string | null): Promise<void> {
  const kept = recorded.filter(
    (one) => checkId !== null || isNew(one) || (one.finding.look && !one.finding.isTemporary),
  );
  if (kept.length > 0) await tx.insert(checks).values(kept.map((one) => rowOf(one, checkId)));
}

/** Whether the outcome differs from that of the last look of its kind. */
const isNew = ({ finding: { kind, outcome }, watched: { sourceOutcome, destinationOutcome } }: Recorded): boolean =>
  outcome !== (kind === "source" ? sourceOutcome : destinationOutcome);

function rowOf({ finding, heal }: Recorded, checkId: string | null): typeof checks.$inferInsert {
  const { run, kind, look = null, outcome, reason, expected, found } = finding;
  const { organizationId, projectId, exportId, id: runId, intervalStart, intervalEnd } = run;
  const about = { organizationId, projectId, exportId, runId, intervalStart, intervalEnd, checkId };
  const healRunId = heal?.state === "started" ? heal.run.id : null;
  return { ...about, kind, look, outcome, reason, expected, found, healRunId };
}
