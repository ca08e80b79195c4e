import { WorkflowNotFoundError } from "@temporalio/client";
import type { DestinationType } from "../destinations/catalog";
import { getEnv } from "../env";
import { getTemporal } from "./client";
import {
  type ExportRunInput,
  HISTORIC_WORKFLOW,
  type HistoricExportInput,
  historicWorkflowId,
  workflowTypeOf,
} from "./contract";

/** Starts the workflow of a run whose row exists. */
export async function startRun(run: {
  id: string;
  workflowId: string;
  exportId: string;
  destinationType: DestinationType;
}): Promise<void> {
  const input: ExportRunInput = { exportId: run.exportId, runId: run.id };
  await getTemporal().workflow.start(workflowTypeOf(run.destinationType), {
    workflowId: run.workflowId,
    taskQueue: getEnv().TEMPORAL_TASK_QUEUE,
    args: [input],
  });
}

/** Starts the workflow of a historic export whose row exists. */
export async function startHistoricExport(id: string): Promise<void> {
  const input: HistoricExportInput = { historicExportId: id };
  await getTemporal().workflow.start(HISTORIC_WORKFLOW, {
    workflowId: historicWorkflowId(id),
    taskQueue: getEnv().TEMPORAL_TASK_QUEUE,
    args: [input],
  });
}

/** Asks a run's workflow to cancel; it writes the state itself. False when there is no such workflow any more. */
export async function cancelRun(workflowId: string): Promise<boolean> {
  try {
    await getTemporal().workflow.getHandle(workflowId).cancel();
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** The same for a historic export, whose running windows are cancelled with it. */
export const cancelHistoricExport = (id: string): Promise<boolean> => cancelRun(historicWorkflowId(id));

/** Whether a workflow is still open. */
export async function isOpen(workflowId: string): Promise<boolean> {
  try {
    const { status } = await getTemporal().workflow.getHandle(workflowId).describe();
    return status.name === "RUNNING";
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
