import { isDeepStrictEqual } from "node:util";
import { desc, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { CheckRow } from "@/lib/db/rows";
import { checks } from "@/lib/db/schema";
import { QUIET_OUTCOMES } from "@/lib/fields/checks";
import type { Recorded } from "./record";

/** Inserts what says something new, was asked for, or started a heal. */
export async function insertChecks(tx: Tx, recorded: readonly Recorded[], checkId: string | null): Promise<void> {
  const same = recorded.filter((one) => !hasNewOutcome(one) && !QUIET_OUTCOMES.includes(one.finding.outcome));
  const last = await lastOf(tx, same);
  const isNew = (one: Recorded) =>
    hasNewOutcome(one) || saysMore(one, last.get(nameOf(one.finding.run.id, one.finding.kind)));
  const isKept = (one: Recorded) =>
    checkId !== null || one.heal?.state === "started" || (one.finding.look && !one.finding.isTemporary) || isNew(one);
  const kept = recorded.filter(isKept);
  if (kept.length === 0) return;
  await tx
    .insert(checks)
    .values(kept.map((one) => rowOf(one, checkId)))
    .onConflictDoNothing();
}

/** Whether the outcome differs from that of the last look of its kind. */
const hasNewOutcome = ({ finding: { kind, outcome }, watched }: Recorded): boolean =>
  outcome !== (kind === "source" ? watched.sourceOutcome : watched.destinationOutcome);

/** The same outcome may have become worse: one more file is missing. */
const saysMore = ({ finding: { found, reason } }: Recorded, last: CheckRow | undefined): boolean =>
  last !== undefined && !(last.reason === reason && isDeepStrictEqual(last.found, found));

const nameOf = (runId: string, kind: CheckRow["kind"]) => `${runId} ${kind === "source"}`;

/** The last check of each run and side. */
async function lastOf(tx: Tx, recorded: readonly Recorded[]): Promise<ReadonlyMap<string, CheckRow>> {
  if (recorded.length === 0) return new Map();
  const ids = [...new Set(recorded.map(({ finding }) => finding.run.id))];
  const isSource = sql`${checks.kind} = 'source'`;
  const rows = await tx
    .selectDistinctOn([checks.runId, isSource])
    .from(checks)
    .where(inArray(checks.runId, ids))
    .orderBy(checks.runId, isSource, desc(checks.checkedAt), desc(checks.id));
  return new Map(rows.map((row) => [nameOf(row.runId, row.kind), row]));
}

function rowOf({ finding, heal }: Recorded, checkId: string | null): typeof checks.$inferInsert {
  const { run, kind, look = null, outcome, reason, expected, found } = finding;
  const { organizationId, projectId, exportId, id: runId, intervalStart, intervalEnd } = run;
  const about = { organizationId, projectId, exportId, runId, intervalStart, intervalEnd, checkId };
  const healRunId = heal?.state === "started" ? heal.run.id : null;
  return { ...about, kind, look, outcome, reason, expected, found, healRunId };
}
