import { workflowInfo } from "@temporalio/workflow";
import { type ExportRunInput, isExportWorkflow } from "../../lib/temporal/contract";
import { exportRun } from "./export-run";

export { historicExport as "historic-export" } from "./historic-export";
export { reconcile } from "./reconcile";

/**
 * What Temporal runs for every other workflow type: an export, to whichever destination its type names. One that names none
 * waits for a worker that knows it.
 */
export default async function exportTo(input: ExportRunInput): Promise<void> {
  const { workflowType } = workflowInfo();
  if (!isExportWorkflow(workflowType)) throw new Error(`This worker knows no workflow type ${workflowType}.`);
  await exportRun(input);
}
