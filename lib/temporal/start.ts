import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from "@temporalio/client";
import type { DestinationType } from "../destinations/catalog";
import { getEnv } from "../env";
import { getTemporal } from "./client";
import {
  type ExportRunInput,
  HISTORIC_WORKFLOW,
  type HistoricExportInput,
  historicWorkflowId,
  priorityOf,
  type Turn,
  workflowTypeOf,
} from "./contract";

/** A run as its workflow is started. */
export interface StartableRun {
  id: string;
  workflowId: string;
  exportId: string;
  destinationType: DestinationType;
  turn: Turn;
}

/** Starts the workflow of a run whose row exists. One that was started before, also one that has ended, is left alone. */
export async function startRun(run: StartableRun): Promise<void> {
  const input: ExportRunInput = { exportId: run.exportId, runId: run.id };
  try {
    await getTemporal().workflow.start(workflowTypeOf(run.destinationType), {
      workflowId: run.workflowId,
      workflowIdReusePolicy: "REJECT_DUPLICATE",
      taskQueue: getEnv().TEMPORAL_TASK_QUEUE,
      args: [input],
      priority: priorityOf(run.turn),
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** Starts the workflow of a historic export whose row exists. */
export async function startHistoricExport(id: string, organizationId: string): Promise<void> {
  const input: HistoricExportInput = { historicExportId: id };
  await getTemporal().workflow.start(HISTORIC_WORKFLOW, {
    workflowId: historicWorkflowId(id),
    taskQueue: getEnv().TEMPORAL_TASK_QUEUE,
    args: [input],
    priority: priorityOf({ organizationId, isHistoric: true }),
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

/** Whether a workflow is open, has ended, or is not known: never started, or ended so long ago that Temporal has forgotten it. */
export async function stateOf(workflowId: string): Promise<"open" | "ended" | "unknown"> {
  try {
    const { status } = await getTemporal().workflow.getHandle(workflowId).describe();
    return status.name === "RUNNING" ? "open" : "ended";
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return "unknown";
    throw error;
  }
}

/**
 * The ids of the workflows that Temporal lists as open. The list may be some seconds old: who is missing from it is asked for one by one.
 */
export async function openWorkflows(): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for await (const { workflowId } of getTemporal().workflow.list({ query: "ExecutionStatus = 'Running'" }))
    ids.add(workflowId);
  return ids;
}
