import { isHeld } from "@/lib/services/installation";
import { SECOND } from "@/lib/units";
import { activeExports } from "./active-exports";
import { queueBacklog } from "./backlog";
import { checkTotals } from "./checks";
import { exposition } from "./exposition";
import { scheduleLag, uncommittedAge } from "./lateness";
import { outboxTotals, runTotals } from "./totals";
import { windowsByState } from "./windows";

/** Measures the installation's totals and lateness, in Prometheus format. */
export async function measure(): Promise<string> {
  const now = new Date();
  const [totals, outbox, active, backlog, windows, checks, held] = await Promise.all([
    runTotals(),
    outboxTotals(),
    activeExports(),
    queueBacklog(),
    windowsByState(now),
    checkTotals(),
    isHeld(),
  ]);
  const ages = new Map<string, number>();
  for (const exported of active) {
    const age = uncommittedAge(exported, now) / SECOND;
    ages.set(exported.projectId, Math.max(age, ages.get(exported.projectId) ?? 0));
  }
  const lag = Math.max(0, ...active.map((exported) => scheduleLag(exported, now))) / SECOND;
  return exposition({ totals, ...outbox, ages, scheduleLag: lag, backlog, windows, ...checks, isHeld: held });
}
