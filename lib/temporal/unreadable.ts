import type { Client } from "@temporalio/client";
import type { Payload } from "@temporalio/common";
import type proto from "@temporalio/proto";
import { getEnv } from "../env";
import { dataConverter } from "./connection";
import { checksQueue, filesQueue } from "./contract";
import { listSchedules } from "./listed-schedules";

type Payloads = proto.temporal.api.common.v1.IPayloads | null | undefined;

/** Whether this server's keys open an input. */
async function canDecode(input: Payloads): Promise<boolean> {
  const [codec] = dataConverter(getEnv()).payloadCodecs ?? [];
  const payloads = (input?.payloads ?? []) as Payload[];
  return codec!.decode(payloads).then(
    () => true,
    () => false,
  );
}

/**
 * Terminates this installation's open workflows whose input its keys can't open: they could never take another step.
 * The ledger ends their runs as lost. Returns how many.
 */
export async function endUnreadable(temporal: Client): Promise<number> {
  const { TEMPORAL_NAMESPACE: namespace, TEMPORAL_TASK_QUEUE: queue } = getEnv();
  const ours = [queue, filesQueue(queue), checksQueue(queue)];
  let ended = 0;
  for await (const { workflowId, runId } of temporal.workflow.list({ query: "ExecutionStatus = 'Running'" })) {
    const execution = { workflowId, runId };
    const page = await temporal.workflowService.getWorkflowExecutionHistory({
      ...{ namespace, execution, maximumPageSize: 1 },
    });
    const started = page.history?.events?.[0]?.workflowExecutionStartedEventAttributes;
    if (!ours.includes(started?.taskQueue?.name ?? "") || (await canDecode(started?.input))) continue;
    await temporal.workflow.getHandle(workflowId, runId).terminate("The key of its input is lost.");
    ended += 1;
  }
  return ended;
}

/** Removes this installation's schedules whose input its keys can't open. Workers make them again. Returns how many. */
export async function removeUnreadable(temporal: Client): Promise<number> {
  const { TEMPORAL_NAMESPACE: namespace, TEMPORAL_TASK_QUEUE: queue } = getEnv();
  let removed = 0;
  for await (const { id: scheduleId } of listSchedules(temporal)) {
    const { schedule } = await temporal.workflowService.describeSchedule({ namespace, scheduleId });
    const action = schedule?.action?.startWorkflow;
    if (action?.taskQueue?.name !== queue || (await canDecode(action.input))) continue;
    await temporal.schedule.getHandle(scheduleId).delete();
    removed += 1;
  }
  return removed;
}
