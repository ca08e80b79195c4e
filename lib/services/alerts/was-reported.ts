import { and, eq, gt, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { alerts } from "@/lib/db/schema";
import { WOULD_SHRINK } from "@/lib/failure-codes";
import { HISTORIC } from "./facts";

/**
 * Whether an alert reported a cause for an export in the last 24 hours. Lock the export's row first: of two runs that
 * end at once, only one may find that none did.
 */
export async function wasReported(tx: Tx, exportId: string, cause: string): Promise<boolean> {
  const [found] = await tx
    .select({ id: alerts.id })
    .from(alerts)
    .where(
      and(
        eq(alerts.exportId, exportId),
        inArray(alerts.kind, ["failed", "paused", "finding"]),
        eq(alerts.cause, cause),
        gt(alerts.createdAt, sql`now() - interval '24 hours'`),
      ),
    )
    .limit(1);
  return found !== undefined;
}

/**
 * SQL: the cause of an export's latest alert, if its recovery is still to be reported. Excludes historic exports,
 * findings of checks, and windows that would shrink: working scheduled windows say nothing about theirs.
 */
export const openCause = (exportId: string) => sql<string | null>`(
  select case when a.kind <> 'recovered' then a.cause end from alerts a
  where a.export_id = ${exportId} and a.cause not in (${HISTORIC}, ${WOULD_SHRINK}) and a.kind <> 'finding' order by a.created_at desc limit 1)`;
