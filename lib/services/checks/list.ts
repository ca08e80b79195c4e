import { and, desc, eq, gte, lt, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { CheckRow } from "@/lib/db/rows";
import { checks } from "@/lib/db/schema";
import { QUIET_OUTCOMES } from "@/lib/fields/checks";
import type { List } from "@/lib/fields/common";
import type { Check, ListChecksQuery } from "@/lib/schemas/check";
import type { Actor } from "@/lib/services/access";
import { loadExport } from "@/lib/services/exports";
import { afterCreated, page } from "@/lib/services/paging";

/** SQL: the first run that a person started again after a check, for the receipt that it checked. */
const repairRunId = sql<string | null>`(select r.id from runs r
  where r.export_id = checks.export_id and r.interval_start = checks.interval_start
    and r.fence > (select c.fence from runs c where c.id = checks.run_id)
    and r.trigger <> 'heal' and r.created_at >= checks.checked_at
  order by r.created_at limit 1)`;

/** Lists what checks of an export found, newest first. */
export async function listChecks(actor: Actor, input: ListChecksQuery & { exportId: string }): Promise<List<Check>> {
  const exported = await loadExport(actor, input.exportId);
  const rows = await getDb()
    .select({ check: checks, repairRunId })
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

function toCheck({ check, repairRunId }: { check: CheckRow; repairRunId: string | null }): Check {
  const { id, checkId, kind, look, runId, outcome, reason, expected, found } = check;
  return {
    ...{ id, checkId, kind, look, runId, outcome, reason, expected, found },
    intervalStart: check.intervalStart.toISOString(),
    intervalEnd: check.intervalEnd.toISOString(),
    checkedAt: check.checkedAt.toISOString(),
    action: actionOf(check, repairRunId),
  };
}

function actionOf({ healRunId, outcome }: CheckRow, repairRunId: string | null): Check["action"] {
  if (healRunId !== null) return { type: "heal", runId: healRunId };
  return repairRunId === null || QUIET_OUTCOMES.includes(outcome) ? null : { type: "repair", runId: repairRunId };
}
