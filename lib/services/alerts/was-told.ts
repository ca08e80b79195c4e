import { and, eq, gt, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { alerts } from "@/lib/db/schema";
import { HISTORIC } from "./facts";

/**
 * Whether a cause was told of an export within the last 24 hours. Ask while the export's row is held: two runs that end at
 * once must not both find that it was not.
 */
export async function wasTold(tx: Tx, exportId: string, cause: string): Promise<boolean> {
  const [found] = await tx
    .select({ id: alerts.id })
    .from(alerts)
    .where(
      and(
        eq(alerts.exportId, exportId),
        inArray(alerts.kind, ["failed", "paused"]),
        eq(alerts.cause, cause),
        gt(alerts.createdAt, sql`now() - interval '24 hours'`),
      ),
    )
    .limit(1);
  return found !== undefined;
}

/**
 * SQL: the cause of what was told last of an export if that was a failure: it has yet to be told that it works again. That scheduled
 * windows work says nothing about those of a historic export.
 */
export const openCause = (exportId: string) => sql<string | null>`(
  select case when a.kind <> 'recovered' then a.cause end from alerts a
  where a.export_id = ${exportId} and a.cause <> ${HISTORIC} order by a.created_at desc limit 1)`;
