// The contract between the app, the worker, and the workflows. Workflows import it: no I/O, no other modules.

import type { DestinationType } from "../destinations/catalog";

/** The turn of a run's steps: organizations take turns, and scheduled runs go before historic ones. */
export interface Turn {
  organizationId: string;
  isHistoric: boolean;
}

/** The turn of a run, from its row. */
export const turnOf = (run: { organizationId: string; historicExportId: string | null }): Turn => ({
  organizationId: run.organizationId,
  isHistoric: run.historicExportId !== null,
});

/** Checks go last. */
export const CHECK_PRIORITY = 5;

/** Temporal's priorities: the lower goes first, and 3 is the default. */
export const priorityOf = ({ organizationId, isHistoric }: Turn) => ({
  priorityKey: isHistoric ? 4 : 2,
  fairnessKey: organizationId,
});

/** Consecutive files of a plan that one step exports: the first index, and the index after the last. */
export type FileGroup = [from: number, to: number];

/** Starts one run. Either the run's row exists (`runId`), or the window is given, or it follows from the schedule. */
export interface ExportRunInput {
  exportId: string;
  runId?: string;
  historic?: { id: string; start: string; end: string };
  /** Set by the workflow itself when it continues as new. */
  resume?: {
    runId: string;
    planVersion: number;
    files: number;
    nextFile: number;
    /** The plan's groups; missing in earlier versions. */
    groups?: FileGroup[];
    /** The step that planned the file has tried to write it. */
    isTried?: true;
    /** How often files were exported again because their staged data was lost. */
    again?: number;
    /** Missing in earlier versions. */
    turn?: Turn;
  };
}

export interface HistoricExportInput {
  historicExportId: string;
  /** Where a new history continues: the start of the next window. */
  from?: string;
  /** Windows that failed in earlier histories. */
  failed?: number;
}

/** The workflow type for a kind of destination: `s3-export`, `postgres-export`. */
export const workflowTypeOf = (type: DestinationType) => `${type}-export` as const;

/** A window in Temporal's UI, next to a workflow. */
export const windowWords = ({ start, end }: { start: string; end: string }): string => `Window ${start} to ${end}`;

export const HISTORIC_WORKFLOW = "historic-export";

/** Whether a workflow type exports to a destination. Later versions have more destinations than a worker can know. */
export const isExportWorkflow = (workflowType: string): boolean =>
  workflowType.endsWith("-export") && workflowType !== HISTORIC_WORKFLOW;

export const CHECK_WORKFLOW = "check";

/** Carries out the checks of a request whose row exists. */
export interface CheckInput {
  checkId: string;
}

export const checkWorkflowId = (id: string) => `check-${id}`;

export const RECONCILE_WORKFLOW = "reconcile";
export const RECONCILE_ID = "penstock-reconcile";

/** Reconciliation duties, each on its own schedule, so that a slow one delays no other. */
export const DUTIES = ["due", "sweep", "schedules", "clean", "deliver", "retention", "look", "audit"] as const;
export type Duty = (typeof DUTIES)[number];

export interface ReconcileInput {
  duty: Duty;
}

export const reconcileId = (duty: Duty) => `${RECONCILE_ID}-${duty}`;

/** The queues for files, and for checks that people ask for, which may take long. The main queue carries everything else. */
export const filesQueue = (taskQueue: string) => `${taskQueue}-files`;
export const checksQueue = (taskQueue: string) => `${taskQueue}-checks`;

export const historicWorkflowId = (id: string) => `historic-${id}`;
export const runWorkflowId = (runId: string) => `run-${runId}`;

/** The kind of a workflow, by its id: workflows of a kind take the same input. */
export function kindOfWorkflow(workflowId: string): string {
  if (/^historic-[0-9a-f-]{36}$/.test(workflowId)) return HISTORIC_WORKFLOW;
  if (/^check-[0-9a-f-]{36}$/.test(workflowId)) return CHECK_WORKFLOW;
  if (workflowId.startsWith(RECONCILE_ID)) return RECONCILE_WORKFLOW;
  return "export";
}
