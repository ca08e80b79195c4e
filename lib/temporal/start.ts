import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from "@temporalio/client";
import type { RunRow } from "@/lib/db/rows";
import type { DestinationType } from "../destinations/catalog";
import { getEnv } from "../env";
import {
  CHECK_PRIORITY,
  CHECK_WORKFLOW,
  type CheckInput,
  checkWorkflowId,
  type ExportRunInput,
  HISTORIC_WORKFLOW,
  type HistoricExportInput,
  historicWorkflowId,
  priorityOf,
  turnOf,
  windowWords,
  workflowTypeOf,
} from "./contract";

/** A run with everything needed to start its workflow. */
export interface Startable {
  run: Pick<
    RunRow,
    "id" | "exportId" | "workflowId" | "organizationId" | "historicExportId" | "intervalStart" | "intervalEnd"
  >;
  destinationType: DestinationType;
}

/** Starts the workflow of a run whose row exists, unless it was started before, even if it has ended. */
export async function startRunWorkflow(temporal: Client, { run, destinationType }: Startable): Promise<void> {
  const input: ExportRunInput = { exportId: run.exportId, runId: run.id };
  const window = { start: run.intervalStart.toISOString(), end: run.intervalEnd.toISOString() };
  try {
    await temporal.workflow.start(workflowTypeOf(destinationType), {
      workflowId: run.workflowId,
      workflowIdReusePolicy: "REJECT_DUPLICATE",
      taskQueue: getEnv().TEMPORAL_TASK_QUEUE,
      args: [input],
      priority: priorityOf(turnOf(run)),
      staticSummary: windowWords(window),
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** Starts the workflow of a historic export whose row exists. */
export async function startHistoricExport(temporal: Client, id: string, organizationId: string): Promise<void> {
  const input: HistoricExportInput = { historicExportId: id };
  await temporal.workflow.start(HISTORIC_WORKFLOW, {
    workflowId: historicWorkflowId(id),
    taskQueue: getEnv().TEMPORAL_TASK_QUEUE,
    args: [input],
    priority: priorityOf({ organizationId, isHistoric: true }),
    staticSummary: `Historic export ${id}`,
  });
}

/** Starts the workflow of a request for checks whose row exists, unless it was started before. */
export async function startCheck(temporal: Client, id: string, organizationId: string): Promise<void> {
  const input: CheckInput = { checkId: id };
  try {
    await temporal.workflow.start(CHECK_WORKFLOW, {
      workflowId: checkWorkflowId(id),
      workflowIdReusePolicy: "REJECT_DUPLICATE",
      taskQueue: getEnv().TEMPORAL_TASK_QUEUE,
      args: [input],
      priority: { priorityKey: CHECK_PRIORITY, fairnessKey: organizationId },
      staticSummary: `Check ${id}`,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** Asks a run's workflow to cancel; the workflow writes the state. False if the workflow no longer exists. */
export async function cancelRun(temporal: Client, workflowId: string): Promise<boolean> {
  try {
    await temporal.workflow.getHandle(workflowId).cancel();
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** The same for a historic export, which also cancels its running windows. */
export const cancelHistoricExport = (temporal: Client, id: string): Promise<boolean> =>
  cancelRun(temporal, historicWorkflowId(id));

/** Whether a workflow is open, ended, or unknown: never started, or forgotten by Temporal long after it ended. */
export async function stateOf(temporal: Client, workflowId: string): Promise<"open" | "ended" | "unknown"> {
  try {
    const { status } = await temporal.workflow.getHandle(workflowId).describe();
    return status.name === "RUNNING" ? "open" : "ended";
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return "unknown";
    throw error;
  }
}

/** Ids of the workflows that Temporal lists as open. The list may be seconds old: check missing ones individually. */
export async function openWorkflows(temporal: Client): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for await (const { workflowId } of temporal.workflow.list({ query: "ExecutionStatus = 'Running'" }))
    ids.add(workflowId);
  return ids;
}
