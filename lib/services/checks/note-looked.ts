import { eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { exports, watchedRuns } from "@/lib/db/schema";
import { type DestinationOutcome, LOOKS, type SourceOutcome } from "@/lib/fields/checks";
import { SECOND } from "@/lib/units";
import type { Finding } from "./finding";
import type { Recorded } from "./record";

type Looked = Pick<Recorded, "finding" | "heal" | "isPending" | "isUnreported">;
type Changes = Partial<Record<keyof typeof watchedRuns.$inferInsert, unknown>>;

/** Where the outcomes of each kind are kept: the one that was reported last, and one that is still to be. */
const [SOURCE, DESTINATION] = [
  ["sourceReported", "sourceUnreported"],
  ["destinationReported", "destinationUnreported"],
] as const;

const [SOON, LATER] = [sql`now() + interval '15 minutes'`, sql`now() + interval '1 day'`];

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

/** Notes which findings an alert has reported later. */
export async function noteReported(tx: Tx, recorded: readonly Looked[]): Promise<void> {
  const done = recorded.filter(({ isPending, isUnreported }) => !isPending && !isUnreported);
  for (const group of Map.groupBy(done, ({ finding: { kind, outcome } }) => `${kind} ${outcome}`).values()) {
    const { kind, outcome } = group[0]!.finding;
    const [name, open] = kind === "source" ? SOURCE : DESTINATION;
    const ids = group.map(({ finding }) => finding.run.id);
    await tx
      .update(watchedRuns)
      .set({ [name]: outcome, [open]: null })
      .where(inArray(watchedRuns.runId, ids));
  }
}

const kindOf = ({ finding, heal, isPending, isUnreported }: Looked) => {
  const { kind, outcome, look, isTemporary } = finding;
  const isWaiting = heal?.state === "waiting";
  return JSON.stringify([kind, outcome, look, isTemporary, isWaiting, isPending, isUnreported, hasOtherBytes(finding)]);
};

/** Whether bytes were read that are not those of the receipt. */
const hasOtherBytes = ({ kind, found }: Finding) => kind === "deep" && (found.changed?.length ?? 0) > 0;

function changesOf(looked: Looked): Changes {
  const { kind, outcome, look, isTemporary } = looked.finding;
  if (kind !== "source") return ofDestination(looked);
  const seen = { sourceOutcome: outcome as SourceOutcome, sourceCheckedAt: sql`now()` };
  if (isTemporary) return { ...seen, nextLookAt: SOON };
  // Not the age at which it is recorded: the next look may be due by then.
  const done = look ? sql`greatest(${watchedRuns.looked}, ${LOOKS[look] / SECOND}::int)` : sql`${watchedRuns.looked}`;
  const next = sql`next_look(${watchedRuns.committedAt}, ${done}, ${exports.checks} -> 'source')`;
  // A run that fails to mend the window, or is still to come, is noticed soon.
  const again: SQL | null = looked.isPending ? SOON : looked.heal?.state === "waiting" ? LATER : null;
  return {
    ...seen,
    ...reported(looked, SOURCE),
    looked: done,
    nextLookAt: again === null ? next : sql`least(${next}, ${again})`,
  };
}

function ofDestination(looked: Looked): Changes {
  const { outcome, isTemporary } = looked.finding;
  return {
    destinationOutcome: outcome as DestinationOutcome,
    // The audit then repeats it.
    ...(!isTemporary && { destinationCheckedAt: sql`now()` }),
    ...reported(looked, DESTINATION),
    ...broken(looked),
  };
}

/** Not being able to look, and a run that may mend the window, leave open whether a finding was reported. */
function reported({ finding: { outcome }, isPending, isUnreported }: Looked, [name, open]: readonly [string, string]) {
  if (outcome === "unknown") return {};
  if (isUnreported) return { [open]: outcome };
  return isPending ? { [open]: null } : { [name]: outcome, [open]: null };
}

/**
 * A receipt is broken if what it names is gone or different. Expected deletions break none. Not being able to look
 * doesn't mend what an earlier look found, and a listing doesn't mend what only the bytes show.
 */
function broken({ finding }: Looked): Changes {
  const { kind, outcome } = finding;
  if (outcome === "unknown" || outcome === "unreadable") return {};
  const isInside = kind === "deep" ? sql`${hasOtherBytes(finding)}::boolean` : sql`${watchedRuns.isBrokenInside}`;
  const isAbsent = sql`${outcome === "missing"} and not (${exports.checks} ->> 'expectDeletion')::boolean`;
  return {
    isBroken: sql`${outcome === "changed"} or (${isAbsent}) or ${isInside}`,
    isBrokenInside: isInside,
  };
}
