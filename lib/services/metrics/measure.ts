import { isHeld } from "@/lib/services/installation";
import { SECOND } from "@/lib/units";
import { activeExports } from "./active-exports";
import { queueBacklog } from "./backlog";
import { checkTotals } from "./checks";
import { exposition, type Measured } from "./exposition";
import { MOST_BEHIND, scheduleLag, uncommittedAge } from "./lateness";
import { processTotals } from "./processes";
import { outboxTotals, runTotals } from "./totals";
import { windowsByState } from "./windows";

/** Measures the installation's totals and lateness, in Prometheus format. */
export async function measure(): Promise<string> {
  const now = new Date();
  const [totals, outbox, active, backlog, windows, checks, held, processes] = await Promise.all([
    runTotals(),
    outboxTotals(),
    activeExports(),
    queueBacklog(),
    windowsByState(now),
    checkTotals(),
    isHeld(),
    processTotals(),
  ]);
  const ages = new Map<string, number>();
  const behind: Measured["behind"] = [];
  for (const exported of active) {
    const { projectId: project } = exported;
    const age = uncommittedAge(exported, now) / SECOND;
    ages.set(project, Math.max(age, ages.get(project) ?? 0));
    behind.push(...exported.exportIds.map((id) => ({ project, export: id, age })));
  }
  behind.sort((one, other) => other.age - one.age);
  const lag = Math.max(0, ...active.map((exported) => scheduleLag(exported, now))) / SECOND;
  return exposition({
    ...{ totals, ...outbox, ages, behind: behind.slice(0, MOST_BEHIND), scheduleLag: lag },
    ...{ backlog, windows, ...checks, isHeld: held, ...processes },
  });
}
