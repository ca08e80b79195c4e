import { asc, eq, inArray } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { alertChannels, deliveries, mails } from "@/lib/db/schema";
import type { Alert } from "@/lib/schemas/alert";
import { type ToldMail, toldByMail } from "./told";

type Told = Alert["deliveries"];

/** The deliveries of each alert and their outcomes: mails first, then channels. */
export async function deliveriesOf(
  alertIds: string[],
  { showAddresses }: { showAddresses: boolean },
): Promise<Map<string, Told>> {
  if (alertIds.length === 0) return new Map();
  const [mailed, sent] = await Promise.all([
    getDb()
      .select({ alertId: mails.alertId, to: mails.to, state: mails.state, error: mails.lastError })
      .from(mails)
      .where(inArray(mails.alertId, alertIds))
      .orderBy(asc(mails.to)),
    getDb()
      .select({
        alertId: deliveries.alertId,
        channel: alertChannels.kind,
        to: alertChannels.name,
        state: deliveries.state,
        error: deliveries.lastError,
      })
      .from(deliveries)
      .innerJoin(alertChannels, eq(alertChannels.id, deliveries.channelId))
      .where(inArray(deliveries.alertId, alertIds))
      .orderBy(asc(alertChannels.createdAt)),
  ]);
  const byAlert = new Map<string, { mails: ToldMail[]; channels: Told }>(
    alertIds.map((id) => [id, { mails: [], channels: [] }]),
  );
  for (const { alertId, ...mail } of mailed) byAlert.get(alertId ?? "")?.mails.push(mail);
  for (const { alertId, ...channel } of sent) byAlert.get(alertId ?? "")?.channels.push(channel);
  return new Map([...byAlert].map(([id, told]) => [id, [...toldByMail(told.mails, showAddresses), ...told.channels]]));
}
