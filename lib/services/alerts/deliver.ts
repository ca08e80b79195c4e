import { eq, isNotNull } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { deliveries, mails } from "@/lib/db/schema";
import { getLogger, loggable } from "@/lib/services/logger";
import { deliverMails } from "@/lib/services/mails";
import { deliverNow, deliverToChannels } from "./deliver-to-channels";

/** Time limit of one delivery round, in ms. The next one starts in a minute. */
const ROUND = 40_000;

/** Delivers due mails and messages until none are left or the round ends. Returns how many it took. */
export async function deliverDue(db: Db): Promise<number> {
  const until = Date.now() + ROUND;
  // Receipts have a queue of their own: there are many, and a slow receiver must not hold up an alert.
  const queues = [
    () => deliverMails(db),
    () => deliverToChannels(db, isNotNull(deliveries.alertId)),
    () => deliverToChannels(db, isNotNull(deliveries.runId)),
  ];
  const taken = await Promise.all(queues.map((deliver) => drain(deliver, until)));
  return taken.reduce((total, count) => total + count, 0);
}

async function drain(deliver: () => Promise<number>, until: number): Promise<number> {
  let total = 0;
  while (Date.now() < until) {
    const count = await deliver();
    if (count === 0) break;
    total += count;
  }
  return total;
}

/** Delivers one alert now, in the background. Failures are logged, and a later round retries them. */
export function deliverSoon(db: Db, alertId: string): void {
  Promise.all([deliverMails(db, eq(mails.alertId, alertId)), deliverNow(db, alertId)]).catch((error: unknown) =>
    getLogger().warn({ alertId, error: loggable(error) }, "Delivering an alert failed; it is retried."),
  );
}
