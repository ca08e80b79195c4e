import type { RunFileRow } from "@/lib/db/rows";
import { WORKER_LOST } from "@/lib/failure-codes";
import { isActive, type RunState } from "@/lib/fields/run-state";
import type { FileAttempt, FileTimeline } from "@/lib/schemas/timeline";

const iso = (time: string) => new Date(time).toISOString();

/** The attempts at a file, oldest first. Those that failed are in its row; the last one is the row itself. */
export function attemptsOf(
  {
    tries,
    attempt,
    startedAt,
    finishedAt,
    state,
  }: Pick<RunFileRow, "tries" | "attempt" | "startedAt" | "finishedAt" | "state">,
  run: { state: RunState },
): FileAttempt[] {
  const ended = (tries ?? []).map(
    (one): FileAttempt => ({
      attempt: one.attempt,
      startedAt: iso(one.startedAt),
      endedAt: one.endedAt && iso(one.endedAt),
      outcome: one.code === WORKER_LOST ? "lost" : "failed",
      code: one.code,
    }),
  );
  // An earlier run wrote it, or nobody has begun it; a failed attempt is among the tries.
  if (startedAt === null || state === "Failed" || state === "Pending") return ended;
  const last = { attempt: Math.max(1, attempt), startedAt: startedAt.toISOString(), code: null };
  if (state === "Completed")
    return [...ended, { ...last, endedAt: finishedAt?.toISOString() ?? null, outcome: "completed" }];
  return [...ended, { ...last, endedAt: null, outcome: isActive(run.state) ? "running" : "lost" }];
}

export const toFileTimeline = (row: RunFileRow, run: { state: RunState }): FileTimeline => ({
  index: row.index,
  planVersion: row.planVersion,
  key: row.key,
  rows: row.rows,
  bytes: row.bytes,
  attempts: attemptsOf(row, run),
});
