import { desc, eq, inArray, sql } from "drizzle-orm";
import { canOpen } from "@/lib/crypto/secrets";
import { getDb } from "@/lib/db/client";
import type { ChannelRow, DeliveryRow } from "@/lib/db/rows";
import { alertChannels, deliveries } from "@/lib/db/schema";
import type { AlertChannel } from "@/lib/schemas/alert";
import { channelAad } from "./secrets";

type Delivery = Pick<DeliveryRow, "state" | "lastError" | "createdAt" | "deliveredAt">;

/** Fields for the audit log. A changed address shows as a changed host or `url`. */
export const auditedChannel = ({ kind, name, host, enabled, receipts }: ChannelRow) => ({
  kind,
  name,
  host,
  enabled,
  receipts,
});

/** Converts one organization's channels to API form, each with its latest delivery. */
export async function describeChannels(rows: ChannelRow[]): Promise<AlertChannel[]> {
  if (rows.length === 0) return [];
  const newest = getDb()
    .select()
    .from(deliveries)
    .where(eq(deliveries.channelId, alertChannels.id))
    .orderBy(desc(deliveries.createdAt))
    .limit(1)
    .as("newest");
  const found = await getDb()
    .select({
      channelId: newest.channelId,
      state: newest.state,
      lastError: newest.lastError,
      createdAt: newest.createdAt,
      deliveredAt: newest.deliveredAt,
    })
    .from(alertChannels)
    .innerJoinLateral(newest, sql`true`)
    .where(
      inArray(
        alertChannels.id,
        rows.map(({ id }) => id),
      ),
    );
  const byChannel = new Map(found.map((row) => [row.channelId, row]));
  return rows.map((row) => toChannel(row, byChannel.get(row.id)));
}

export async function describeChannel(row: ChannelRow): Promise<AlertChannel> {
  const [described] = await describeChannels([row]);
  return described!;
}

function toChannel(row: ChannelRow, last: Delivery | undefined): AlertChannel {
  const { id, kind, name, host, enabled, receipts } = row;
  const lastDelivery = last
    ? { state: last.state, at: (last.deliveredAt ?? last.createdAt).toISOString(), error: last.lastError }
    : null;
  const secretUnreadable = !canOpen(row.secrets, channelAad(id));
  const createdAt = row.createdAt.toISOString();
  return { id, kind, name, host, enabled, receipts, secretUnreadable, lastDelivery, createdAt };
}
