import { and, desc, eq, gte, lt, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { CheckRow } from "@/lib/db/rows";
import { checks } from "@/lib/db/schema";
import { QUIET_OUTCOMES } from "@/lib/fields/checks";
import type { List } from "@/lib/fields/common";
import type { RunState } from "@/lib/fields/run-state";
import type { Check, ListChecksQuery } from "@/lib/schemas/check";
import type { Actor } from "@/lib/services/access";
import { loadExport } from "@/lib/services/exports";
import { afterCreated, page } from "@/lib/services/paging";

type Acting = { id: string; state: RunState } | null;

/** SQL: the run that heals what a check found. */
const healing = sql<Acting>`(select json_build_object('id', r.id, 'state', r.state) from runs r
  where r.id = checks.heal_run_id)`;

/** SQL: the first run after a check that exported its window again; without one, the last that tried to. */
const repairing = sql<Acting>`(select json_build_object('id', r.id, 'state', r.state) from runs r
  where r.export_id = checks.export_id and r.interval_start = checks.interval_start
    and r.fence > (select c.fence from runs c where c.id = checks.run_id)
    and r.trigger <> 'heal' and r.created_at >= checks.checked_at
  order by r.state = 'Completed' desc, case when r.state = 'Completed' then r.created_at end, r.created_at desc
  limit 1)`;

/** SQL: whether a check is the last known about its window. Looks that find the same again are not all kept. */
const current = sql<boolean>`exists (select 1 from watched_runs w join runs r on r.id = w.run_id
  where w.run_id = checks.run_id and r.superseded_by is null
    and checks.outcome = case when checks.kind = 'source' then w.source_outcome else w.destination_outcome end)
  and not exists (select 1 from checks later where later.run_id = checks.run_id
    and (later.kind = 'source') = (checks.kind = 'source')
    and (later.checked_at, later.id) > (checks.checked_at, checks.id))`;

/** Lists what checks of an export found, newest first. */
export async function listChecks(actor: Actor, input: ListChecksQuery & { exportId: string }): Promise<List<Check>> {
  const exported = await loadExport(actor, input.exportId);
  const rows = await getDb()
    .select({ check: checks, healing, repairing, current })
    .from(checks)
    .where(
      and(
        eq(checks.exportId, exported.id),
        input.kind === undefined ? undefined : eq(checks.kind, input.kind),
        input.outcome === undefined ? undefined : eq(checks.outcome, input.outcome),
        input.from === undefined ? undefined : gte(checks.intervalStart, new Date(input.from)),
        input.to === undefined ? undefined : lt(checks.intervalStart, new Date(input.to)),
        afterCreated(checks.checkedAt, checks.id, input.cursor),
      ),
    )
    .orderBy(desc(checks.checkedAt), desc(checks.id))
    .limit(input.limit + 1);
  return page(rows, input.limit, toCheck, ({ check }) => [check.checkedAt, check.id]);
}

interface Listed {
  check: CheckRow;
  healing: Acting;
  repairing: Acting;
  current: boolean;
}

function toCheck({ check, current, ...acting }: Listed): Check {
  const { id, checkId, kind, look, runId, outcome, reason, expected, found } = check;
  return {
    ...{ id, checkId, kind, look, runId, outcome, reason, expected, found },
    intervalStart: check.intervalStart.toISOString(),
    intervalEnd: check.intervalEnd.toISOString(),
    checkedAt: check.checkedAt.toISOString(),
    current,
    action: actionOf(check, acting),
  };
}

function actionOf(
  { outcome }: CheckRow,
  { healing, repairing }: Pick<Listed, "healing" | "repairing">,
): Check["action"] {
  // A failed heal gives way to what a person started after it.
  if (healing && !(healing.state === "Failed" && repairing)) return act("heal", healing);
  return repairing === null || QUIET_OUTCOMES.includes(outcome) ? null : act("repair", repairing);
}

const act = (type: "heal" | "repair", { id: runId, state }: NonNullable<Acting>) => ({ type, runId, state });
