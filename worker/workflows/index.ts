import { workflowInfo } from "@temporalio/workflow";
import { type ExportRunInput, isExportWorkflow } from "../../lib/temporal/contract";
import { exportRun } from "./export-run";

export { check } from "./check";
export { historicExport as "historic-export" } from "./historic-export";
export { reconcile } from "./reconcile";

/**
 * Temporal runs this for every other workflow type: an export to the destination that the type names. Unknown types
 * wait for a worker that knows them.
 */
export default async function exportTo(input: ExportRunInput): Promise<void> {
  const { workflowType } = workflowInfo();
  if (!isExportWorkflow(workflowType)) throw new Error(`This worker doesn't know the workflow type ${workflowType}.`);
  await exportRun(input);
}
