import proto from "@temporalio/proto";
import { getEnv } from "@/lib/env";
import { getLogger, loggable } from "@/lib/services/logger";
import { getTemporal } from "@/lib/temporal/client";
import { checksQueue, filesQueue } from "@/lib/temporal/contract";

const DEADLINE_MS = 3000;
const { TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY } = proto.temporal.api.enums.v1.TaskQueueType;

/** Tasks waiting in each Temporal queue; empty if Temporal does not respond, so that the other metrics still work. */
export async function queueBacklog(): Promise<{ queue: string; tasks: number }[]> {
  const { TEMPORAL_TASK_QUEUE: main } = getEnv();
  try {
    const [workflows, steps, files, checks] = await Promise.all([
      waiting(main, TASK_QUEUE_TYPE_WORKFLOW),
      waiting(main, TASK_QUEUE_TYPE_ACTIVITY),
      waiting(filesQueue(main), TASK_QUEUE_TYPE_ACTIVITY),
      waiting(checksQueue(main), TASK_QUEUE_TYPE_ACTIVITY),
    ]);
    return [
      { queue: main, tasks: workflows + steps },
      { queue: filesQueue(main), tasks: files },
      { queue: checksQueue(main), tasks: checks },
    ];
  } catch (error) {
    getLogger().warn({ error: loggable(error) }, "Reading the number of waiting tasks from Temporal failed.");
    return [];
  }
}

async function waiting(name: string, taskQueueType: number): Promise<number> {
  const { connection, workflowService } = getTemporal();
  const { TEMPORAL_NAMESPACE: namespace } = getEnv();
  const { stats } = await connection.withDeadline(Date.now() + DEADLINE_MS, () =>
    workflowService.describeTaskQueue({ namespace, taskQueue: { name }, taskQueueType, reportStats: true }),
  );
  return Number(stats?.approximateBacklogCount ?? 0);
}
