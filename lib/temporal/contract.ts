// What the app, the worker and the workflows agree on. Workflows import it: no I/O, no other modules.

/** Starts one run. Either the run's row exists already (`runId`), or the window is named, or it follows from the schedule. */
export interface ExportRunInput {
  exportId: string;
  runId?: string;
  historic?: { id: string; start: string; end: string };
  /** Set by the workflow itself when it goes on in a new history. */
  resume?: { runId: string; planVersion: number; nextFile: number };
}

export interface HistoricExportInput {
  historicExportId: string;
  /** Where a new history goes on: the start of the next window. */
  from?: string;
}

export const HISTORIC_WORKFLOW = "historic-export";
export const RECONCILE_WORKFLOW = "reconcile";
export const RECONCILE_ID = "penstock-reconcile";

export const historicWorkflowId = (id: string) => `historic-${id}`;
export const runWorkflowId = (runId: string) => `run-${runId}`;
