import { and, eq, inArray, isNotNull, lt, type SQL } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import type { ChannelRow, DeliveryRow } from "@/lib/db/rows";
import { alertChannels, deliveries } from "@/lib/db/schema";
import { postToChannel } from "@/lib/services/alert-channels";
import { getLogger } from "@/lib/services/logger";
import { afterFailure, claimDue } from "@/lib/services/mails";
import { loadFacts } from "./facts";
import { alertPayload } from "./payload";
import { receiptPayload } from "./receipt-posts";

const BATCH = 10;

/**
 * Posts up to ten due deliveries among `which`, and returns how many it took. A delivery whose process dies before
 * marking it is posted again with the same id: at worst twice, never skipped.
 */
export const deliverToChannels = async (db: Db, which: SQL): Promise<number> =>
  post(db, await claimDue(db, deliveries, BATCH, { among: which }));

/** Posts an alert's untried deliveries. */
export const deliverNow = async (db: Db, alertId: string): Promise<number> =>
  post(db, await claimDue(db, deliveries, BATCH, { untried: eq(deliveries.alertId, alertId) }));

async function post(db: Db, ids: string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const rows = await db
    .select({ delivery: deliveries, channel: alertChannels })
    .from(deliveries)
    .innerJoin(alertChannels, eq(alertChannels.id, deliveries.channelId))
    .where(inArray(deliveries.id, ids));
  await Promise.all(rows.map(({ delivery, channel }) => deliver(db, delivery, channel)));
  return ids.length;
}

async function deliver(db: Db, delivery: DeliveryRow, channel: ChannelRow): Promise<void> {
  if (!channel.enabled) return save(db, delivery, { state: "failed", lastError: "The channel was turned off." });
  const payload = await payloadOf(db, delivery, channel);
  if (!payload) return save(db, delivery, { state: "failed", lastError: "The object of this alert was removed." });
  const message = await postToChannel(channel, delivery.id, payload);
  if (message === null) return save(db, delivery, { state: "sent", deliveredAt: new Date(), lastError: null });
  getLogger().warn({ delivery: delivery.id, reason: message }, "A channel didn't accept a message.");
  const after = afterFailure(delivery, { message, final: false }, new Date());
  await save(db, delivery, after);
  if (delivery.runId !== null && "nextAttemptAt" in after) await delayReceipts(db, channel, after.nextAttemptAt);
}

/** A receiver that fails gets its other receipts later, too: each would wait for it again. */
async function delayReceipts(db: Db, { id }: ChannelRow, nextAttemptAt: Date): Promise<void> {
  const isWaiting = and(eq(deliveries.state, "queued"), lt(deliveries.nextAttemptAt, nextAttemptAt));
  await db
    .update(deliveries)
    .set({ nextAttemptAt })
    .where(and(eq(deliveries.channelId, id), isNotNull(deliveries.runId), isWaiting));
}

async function payloadOf(db: Db, { alertId, runId }: DeliveryRow, channel: ChannelRow): Promise<object | undefined> {
  if (runId !== null) return receiptPayload(db, runId);
  const found = alertId === null ? undefined : await loadFacts(db, alertId);
  return found && alertPayload(channel.kind, found.alert, found.facts);
}

async function save(db: Db, row: DeliveryRow, values: Partial<DeliveryRow>): Promise<void> {
  await db.update(deliveries).set(values).where(eq(deliveries.id, row.id));
}
