import { eq } from "drizzle-orm";
import { mails } from "@/lib/db/schema";
import { getLogger, loggable } from "@/lib/services/logger";
import { deliverMails } from "@/lib/services/mails";
import { deliverToChannels } from "./deliver-to-channels";

/** How long, in ms, one round of deliveries may go on: the next one comes in a minute. */
const ROUND = 40_000;

/** Delivers what is due, mails and messages, until nothing is left or the round is over. Answers with how many it took. */
export async function deliverDue(): Promise<number> {
  const until = Date.now() + ROUND;
  const taken = await Promise.all([drain(() => deliverMails(), until), drain(() => deliverToChannels(), until)]);
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

/** Delivers one alert now, behind the back of whoever raised it: what goes wrong here is delivered by the next round. */
export function deliverSoon(alertId: string): void {
  Promise.all([deliverMails(eq(mails.alertId, alertId)), deliverToChannels(alertId)]).catch((error: unknown) =>
    getLogger().warn({ alertId, error: loggable(error) }, "An alert could not be delivered at once."),
  );
}
