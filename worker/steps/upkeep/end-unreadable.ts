import type { Client } from "@temporalio/client";
import { getEnv } from "@/lib/env";
import { getLogger, loggable } from "@/lib/services/logger";
import { dataConverter } from "@/lib/temporal/connection";
import { checksQueue, filesQueue } from "@/lib/temporal/contract";

/**
 * Terminates open workflows whose input this server's keys can't open: they could never take another step. The ledger
 * ends their runs as lost. Returns how many there were.
 */
export async function endUnreadable(temporal: Client): Promise<number> {
  const { TEMPORAL_NAMESPACE: namespace, TEMPORAL_TASK_QUEUE: queue } = getEnv();
  const ours = [queue, filesQueue(queue), checksQueue(queue)];
  const [codec] = dataConverter(getEnv()).payloadCodecs ?? [];
  let ended = 0;
  for await (const { workflowId, runId } of temporal.workflow.list({ query: "ExecutionStatus = 'Running'" })) {
    const execution = { workflowId, runId };
    const page = await temporal.workflowService.getWorkflowExecutionHistory({
      ...{ namespace, execution, maximumPageSize: 1 },
    });
    const started = page.history?.events?.[0]?.workflowExecutionStartedEventAttributes;
    if (!ours.includes(started?.taskQueue?.name ?? "")) continue;
    try {
      await codec?.decode(started?.input?.payloads ?? []);
    } catch (error) {
      const reason = "Its input can't be opened with ENCRYPTION_KEYS: the key is lost.";
      await temporal.workflow.getHandle(workflowId, runId).terminate(reason);
      getLogger().warn({ workflowId, error: loggable(error) }, "Ended a workflow whose encryption key is lost.");
      ended += 1;
    }
  }
  return ended;
}
