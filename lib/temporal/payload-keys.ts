import { getEnv } from "../env";
import { getTemporal } from "./client";
import { KEY_ID } from "./codec";
import { listSchedules } from "./listed-schedules";
import { isNotFound } from "./not-found";

/** Ids of the keys that encrypt a message's payloads, at any depth. */
function keysIn(message: unknown, found = new Set<string>()): Set<string> {
  if (typeof message !== "object" || message === null || message instanceof Uint8Array) return found;
  const { metadata } = message as { metadata?: Record<string, unknown> | null };
  const id = metadata?.[KEY_ID];
  if (id instanceof Uint8Array) found.add(Buffer.from(id).toString());
  for (const value of Object.values(message)) keysIn(value, found);
  return found;
}

/** Number of open workflows with something in their history that each key opens. */
export async function keysOfOpenWorkflows(): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for await (const { workflowId, runId } of getTemporal().workflow.list({ query: "ExecutionStatus = 'Running'" }))
    for (const id of await keysOfWorkflow(workflowId, runId)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

async function keysOfWorkflow(workflowId: string, runId: string): Promise<Set<string>> {
  const { workflowService } = getTemporal();
  const found = new Set<string>();
  let nextPageToken: Uint8Array = new Uint8Array();
  do {
    const execution = { workflowId, runId };
    const namespace = getEnv().TEMPORAL_NAMESPACE;
    const page = await workflowService.getWorkflowExecutionHistory({ namespace, execution, nextPageToken });
    keysIn(page.history, found);
    nextPageToken = page.nextPageToken ?? new Uint8Array();
  } while (nextPageToken.length > 0);
  return found;
}

export interface RotatedSchedules {
  rewritten: number;
  failures: { id: string; reason: string }[];
  /** The number of schedules that each key opens afterward. */
  keys: Map<string, number>;
}

/** Re-encrypts every schedule under the current key. Otherwise its first input and memo keep their key forever. */
export async function rotateSchedules(currentId: string): Promise<RotatedSchedules> {
  const answer: RotatedSchedules = { rewritten: 0, failures: [], keys: new Map() };
  for await (const { id: scheduleId } of listSchedules(getTemporal())) {
    const { action, memo } = await keysOfSchedule(scheduleId);
    const isOld = (id: string) => id !== currentId;
    if ([...action, ...memo].some(isOld)) {
      try {
        await ([...memo].some(isOld) ? makeAnew(scheduleId) : rewriteAction(scheduleId));
        answer.rewritten += 1;
      } catch (error) {
        answer.failures.push({ id: scheduleId, reason: (error as Error).message });
      }
    }
    const now = await keysOfSchedule(scheduleId);
    for (const id of new Set([...now.action, ...now.memo])) answer.keys.set(id, (answer.keys.get(id) ?? 0) + 1);
  }
  return answer;
}

const rewriteAction = (scheduleId: string) =>
  getTemporal()
    .schedule.getHandle(scheduleId)
    .update((previous) => previous);

/** A memo can't be changed. If this fails halfway, reconciliation recreates the schedule. */
async function makeAnew(scheduleId: string): Promise<void> {
  const { schedule } = getTemporal();
  const handle = schedule.getHandle(scheduleId);
  const { spec, action, policies, state, memo } = await handle.describe();
  await handle.delete();
  await schedule.create({ scheduleId, spec, action, policies, state, ...(memo && { memo }) });
}

/** Empty for a schedule that was removed after it was listed. */
async function keysOfSchedule(scheduleId: string): Promise<{ action: Set<string>; memo: Set<string> }> {
  const namespace = getEnv().TEMPORAL_NAMESPACE;
  try {
    const { schedule, memo } = await getTemporal().workflowService.describeSchedule({ namespace, scheduleId });
    return { action: keysIn(schedule?.action), memo: keysIn(memo) };
  } catch (error) {
    if (isNotFound(error)) return { action: new Set(), memo: new Set() };
    throw error;
  }
}
