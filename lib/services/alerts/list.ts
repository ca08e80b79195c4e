import { and, desc, eq, inArray } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { alerts, exports } from "@/lib/db/schema";
import type { List } from "@/lib/fields/common";
import { isAtLeast } from "@/lib/permissions";
import type { Alert } from "@/lib/schemas/alert";
import type { Actor } from "@/lib/services/access";
import { afterCreated, page } from "@/lib/services/paging";
import { deliveriesOf } from "./deliveries";

interface Input {
  limit: number;
  cursor?: string | undefined;
}

/** Lists alerts and their deliveries in the actor's projects, newest first. */
export async function listAlerts(actor: Actor, input: Input): Promise<List<Alert>> {
  const rows = await getDb()
    .select({ alert: alerts, exportName: exports.name })
    .from(alerts)
    .innerJoin(exports, eq(exports.id, alerts.exportId))
    .where(
      and(
        eq(alerts.organizationId, actor.organizationId),
        inArray(alerts.projectId, actor.projectIds),
        afterCreated(alerts.createdAt, alerts.id, input.cursor),
      ),
    )
    .orderBy(desc(alerts.createdAt), desc(alerts.id))
    .limit(input.limit + 1);
  const ids = rows.map(({ alert }) => alert.id);
  const told = await deliveriesOf(ids, { showAddresses: isAtLeast(actor.role, "admin") });
  return page(
    rows,
    input.limit,
    ({ alert, exportName }) => ({
      id: alert.id,
      projectId: alert.projectId,
      exportId: alert.exportId,
      exportName,
      runId: alert.runId,
      kind: alert.kind,
      failure: alert.failure,
      intervalStart: alert.intervalStart.toISOString(),
      intervalEnd: alert.intervalEnd.toISOString(),
      createdAt: alert.createdAt.toISOString(),
      deliveries: told.get(alert.id) ?? [],
    }),
    ({ alert }) => [alert.createdAt, alert.id],
  );
}
