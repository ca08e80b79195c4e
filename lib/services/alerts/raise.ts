import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { alertChannels, alerts, deliveries } from "@/lib/db/schema";
import { getEnv } from "@/lib/env";
import { afterHeadStart, queueMail } from "@/lib/services/mails";
import { alertContent } from "./content";
import { loadFacts } from "./facts";
import { recipients } from "./recipients";
import { alertHtml, alertText } from "./render";

export type NewAlert = Pick<
  typeof alerts.$inferInsert,
  "kind" | "cause" | "failure" | "runId" | "intervalStart" | "intervalEnd"
>;

/**
 * Inserts an alert and queues its mails and channel deliveries, in the transaction of the event it reports. Returns its
 * id.
 */
export async function raiseAlert(tx: Tx, exported: ExportRow, alert: NewAlert): Promise<string> {
  const { id: exportId, organizationId, projectId, createdBy } = exported;
  const [row] = await tx
    .insert(alerts)
    // Not now(), the transaction's start: it may have waited for the export's lock, and alerts are ordered by this
    // time.
    .values({ ...alert, exportId, organizationId, projectId, createdAt: sql`clock_timestamp()` })
    .returning({ id: alerts.id });
  const alertId = row!.id;
  const { facts } = (await loadFacts(tx, alertId))!;
  const nextAttemptAt = afterHeadStart();
  const content = alertContent(facts, getEnv().APP_URL);
  for (const { email: to, why } of await recipients(tx, facts.organization, createdBy)) {
    const text = alertText(content, why);
    const html = alertHtml(content, why);
    await queueMail(tx, { organizationId, alertId, nextAttemptAt, to, subject: content.subject, text, html });
  }
  const channels = await tx
    .select({ channelId: alertChannels.id })
    .from(alertChannels)
    .where(and(eq(alertChannels.organizationId, organizationId), eq(alertChannels.enabled, true)));
  if (channels.length > 0)
    await tx
      .insert(deliveries)
      .values(channels.map(({ channelId }) => ({ organizationId, alertId, channelId, nextAttemptAt })));
  return alertId;
}
