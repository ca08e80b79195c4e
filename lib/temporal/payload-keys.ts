import { isGrpcServiceError } from "@temporalio/client";
import { getEnv } from "../env";
import { getTemporal } from "./client";
import { KEY_ID } from "./codec";

/** What gRPC calls a thing that is not there. */
const NOT_FOUND = 5;

/** The ids of the keys that a message's payloads are encrypted with, however deep they lie. */
function keysIn(message: unknown, found = new Set<string>()): Set<string> {
  if (typeof message !== "object" || message === null || message instanceof Uint8Array) return found;
  const { metadata } = message as { metadata?: Record<string, unknown> | null };
  const id = metadata?.[KEY_ID];
  if (id instanceof Uint8Array) found.add(Buffer.from(id).toString());
  for (const value of Object.values(message)) keysIn(value, found);
  return found;
}

/** How many open workflows have something in their history that each key opens. */
export async function keysOfOpenWorkflows(): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for await (const { workflowId, runId } of getTemporal().workflow.list({ query: "ExecutionStatus = 'Running'" }))
    for (const id of await keysOfWorkflow(workflowId, runId)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

async function keysOfWorkflow(workflowId: string, runId: string): Promise<Set<string>> {
  const { workflowService } = getTemporal();
  const found = new Set<string>();
  let nextPageToken: Uint8Array | undefined;
  do {
    const execution = { workflowId, runId };
    const namespace = getEnv().TEMPORAL_NAMESPACE;
    const page = await workflowService.getWorkflowExecutionHistory({ namespace, execution, nextPageToken });
    keysIn(page.history, found);
    nextPageToken = page.nextPageToken?.length ? page.nextPageToken : undefined;
  } while (nextPageToken);
  return found;
}

export interface RotatedSchedules {
  rewritten: number;
  failures: { id: string; reason: string }[];
  /** How many schedules each key opens, after the work. */
  keys: Map<string, number>;
}

/** Encrypts the input of every schedule under the current key. A schedule keeps its first input for ever, else. */
export async function rotateSchedules(currentId: string): Promise<RotatedSchedules> {
  const answer: RotatedSchedules = { rewritten: 0, failures: [], keys: new Map() };
  for await (const { scheduleId } of getTemporal().schedule.list()) {
    const old = [...(await keysOfSchedule(scheduleId))].find((id) => id !== currentId);
    if (old !== undefined) {
      try {
        await getTemporal()
          .schedule.getHandle(scheduleId)
          .update((previous) => previous);
        answer.rewritten += 1;
      } catch (error) {
        answer.failures.push({ id: scheduleId, reason: (error as Error).message });
      }
    }
    for (const id of await keysOfSchedule(scheduleId)) answer.keys.set(id, (answer.keys.get(id) ?? 0) + 1);
  }
  return answer;
}

/** None for a schedule that was removed after it was listed. */
async function keysOfSchedule(scheduleId: string): Promise<Set<string>> {
  const namespace = getEnv().TEMPORAL_NAMESPACE;
  try {
    const { schedule } = await getTemporal().workflowService.describeSchedule({ namespace, scheduleId });
    return keysIn(schedule?.action);
  } catch (error) {
    if (isGrpcServiceError(error) && error.code === NOT_FOUND) return new Set();
    throw error;
  }
}
