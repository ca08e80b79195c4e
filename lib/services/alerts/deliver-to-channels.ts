import { eq, inArray } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { ChannelRow, DeliveryRow } from "@/lib/db/rows";
import { alertChannels, deliveries } from "@/lib/db/schema";
import { postToChannel } from "@/lib/services/alert-channels";
import { getLogger } from "@/lib/services/logger";
import { afterFailure, claimDue } from "@/lib/services/mails";
import { loadFacts } from "./facts";
import { alertPayload } from "./payload";

const BATCH = 10;

/**
 * Posts up to ten due deliveries, of one alert if given, and returns how many it took. A delivery whose process dies
 * before marking it is posted again with the same id: at worst twice, never skipped.
 */
export async function deliverToChannels(alertId?: string): Promise<number> {
  const ids = await claimDue(deliveries, BATCH, alertId ? eq(deliveries.alertId, alertId) : undefined);
  if (ids.length === 0) return 0;
  const rows = await getDb()
    .select({ delivery: deliveries, channel: alertChannels })
    .from(deliveries)
    .innerJoin(alertChannels, eq(alertChannels.id, deliveries.channelId))
    .where(inArray(deliveries.id, ids));
  await Promise.all(rows.map(({ delivery, channel }) => deliver(delivery, channel)));
  return ids.length;
}

async function deliver(delivery: DeliveryRow, channel: ChannelRow): Promise<void> {
  if (!channel.enabled) return save(delivery, { state: "failed", lastError: "The channel was switched off." });
  const told = await loadFacts(delivery.alertId);
  if (!told) return;
  const message = await postToChannel(channel, delivery.id, alertPayload(channel.kind, told.alert, told.facts));
  if (message === null) return save(delivery, { state: "sent", deliveredAt: new Date(), lastError: null });
  getLogger().warn({ delivery: delivery.id, reason: message }, "A channel did not accept an alert.");
  await save(delivery, afterFailure(delivery, { message, final: false }, new Date()));
}

async function save(row: DeliveryRow, values: Partial<DeliveryRow>): Promise<void> {
  await getDb().update(deliveries).set(values).where(eq(deliveries.id, row.id));
}
