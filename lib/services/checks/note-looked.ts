import { eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { exports, watchedRuns } from "@/lib/db/schema";
import type { CheckOutcome, DestinationOutcome, SourceOutcome } from "@/lib/fields/checks";
import type { Recorded } from "./record";

type Looked = Pick<Recorded, "finding" | "heal" | "isPending">;
type Changes = Partial<Record<keyof typeof watchedRuns.$inferInsert, unknown>>;

const [SOON, LATER] = [sql`now() + interval '15 minutes'`, sql`now() + interval '1 hour'`];

/** Notes the last look at each run, and when the source is asked next: one statement for all that found the same. */
export async function noteLooked(tx: Tx, looked: readonly Looked[]): Promise<void> {
  for (const group of Map.groupBy(looked, kindOf).values()) {
    const ids = group.map(({ finding }) => finding.run.id);
    const changes = changesOf(group[0]!);
    await tx
      .update(watchedRuns)
      .set(changes as typeof watchedRuns.$inferInsert)
      .from(exports)
      .where(sql`${eq(exports.id, watchedRuns.exportId)} and ${inArray(watchedRuns.runId, ids)}`);
  }
}

const kindOf = ({ finding: { kind, outcome, isTemporary }, heal, isPending }: Looked) =>
  `${kind === "source"} ${outcome} ${isTemporary ?? false} ${heal?.state === "waiting"} ${isPending}`;

function changesOf({ finding, heal, isPending }: Looked): Changes {
  const { kind, outcome, isTemporary } = finding;
  if (kind !== "source") return ofDestination(outcome, isPending, isTemporary ?? false);
  const seen = { sourceOutcome: outcome as SourceOutcome, sourceCheckedAt: sql`now()` };
  if (isTemporary) return { ...seen, nextLookAt: SOON };
  const age = sql`least(extract(epoch from now() - ${watchedRuns.committedAt}), 2147483647)::int`;
  const next = sql`next_look(${watchedRuns.committedAt}, ${age}, ${exports.checks} -> 'source')`;
  // A run that fails to mend the window, or is still to come, is noticed soon.
  const again: SQL | null = isPending ? SOON : heal?.state === "waiting" ? LATER : null;
  return {
    ...seen,
    ...(!isPending && { sourceReported: outcome as SourceOutcome }),
    looked: age,
    nextLookAt: again === null ? next : sql`least(${next}, ${again})`,
  };
}

/** A receipt is broken if what it names is gone or different. Expected deletions break none. */
function ofDestination(outcome: CheckOutcome, isPending: boolean, isTemporary: boolean): Changes {
  const isBroken = sql`${outcome} = 'changed' or (${outcome} = 'missing' and not (${exports.checks} ->> 'expectDeletion')::boolean)`;
  return {
    destinationOutcome: outcome as DestinationOutcome,
    // The audit then repeats it.
    ...(!isTemporary && { destinationCheckedAt: sql`now()` }),
    ...(!isPending && { destinationReported: outcome as DestinationOutcome }),
    // Not being able to look doesn't mend what an earlier look found.
    ...(outcome !== "unknown" && { isBroken }),
  };
}
