import proto from "@temporalio/proto";
import { getTemporal } from "@/lib/temporal/client";
import { rawHistory } from "../histories";

interface WorkflowFault {
  workflowId: string;
  /** Of the worker whose task failed. */
  pid: number;
  cause: string;
  message: string;
}

const { WorkflowTaskFailedCause } = proto.temporal.api.enums.v1;

/** The failed workflow tasks in the histories of workflows: code that doesn't fit a history fails them. */
export async function workflowFaults(workflowIds: string[]): Promise<WorkflowFault[]> {
  const faults: WorkflowFault[] = [];
  for (const workflowId of workflowIds) {
    const { runId } = await getTemporal().workflow.getHandle(workflowId).describe();
    for (const { workflowTaskFailedEventAttributes: failed } of (await rawHistory(workflowId, runId)).events ?? [])
      if (failed)
        faults.push({
          workflowId,
          pid: Number.parseInt(failed.identity ?? "", 10),
          cause: WorkflowTaskFailedCause[failed.cause ?? 0] ?? "",
          message: failed.failure?.message ?? "",
        });
  }
  return faults;
}
