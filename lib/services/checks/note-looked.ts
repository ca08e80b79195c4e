import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { watchedRuns } from "@/lib/db/schema";
import type { DestinationOutcome, SourceOutcome } from "@/lib/fields/checks";
import type { Recorded } from "./record";

const SOON = sql`now() + interval '15 minutes'`;

/** Notes the last look at a run, and when the source is asked next. */
export async function noteLooked(tx: Tx, exported: ExportRow, { finding, watched, heal }: Recorded): Promise<void> {
  const { kind, outcome } = finding;
  const isRun = eq(watchedRuns.runId, watched.runId);
  if (kind !== "source") {
    const isBroken = isBrokenBy(finding.outcome, exported);
    await tx
      .update(watchedRuns)
      .set({
        destinationOutcome: outcome as DestinationOutcome,
        destinationCheckedAt: sql`now()`,
        // Not being able to look doesn't mend what an earlier look found.
        ...(outcome !== "unknown" && { isBroken }),
      })
      .where(isRun);
    return;
  }
  if (finding.isTemporary) {
    await tx
      .update(watchedRuns)
      .set({ sourceOutcome: outcome as SourceOutcome, sourceCheckedAt: sql`now()`, nextLookAt: SOON })
      .where(isRun);
    return;
  }
  const looked = sql`least(extract(epoch from now() - ${watchedRuns.committedAt}), 2147483647)::int`;
  const next = sql`next_look(${watchedRuns.committedAt}, ${looked}, ${JSON.stringify(exported.checks.source)}::jsonb)`;
  await tx
    .update(watchedRuns)
    .set({
      sourceOutcome: outcome as SourceOutcome,
      sourceCheckedAt: sql`now()`,
      looked,
      // A heal that fails, or is still to come, is noticed soon.
      nextLookAt: heal === null || heal === "refused" ? next : sql`least(${next}, ${SOON})`,
    })
    .where(isRun);
}

/** Whether a receipt is broken: what it names is gone or different. Expected deletions break none. */
const isBrokenBy = (outcome: Recorded["finding"]["outcome"], { checks }: ExportRow): boolean =>
  outcome === "changed" || (outcome === "missing" && !checks.expectDeletion);
