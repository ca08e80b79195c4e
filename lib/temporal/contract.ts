// What the app, the worker and the workflows agree on. Workflows import it: no I/O, no other modules.

import type { DestinationType } from "../destinations/catalog";

/** Whose turn a run's steps take: organizations take turns, and scheduled runs go before historic ones. */
export interface Turn {
  organizationId: string;
  isHistoric: boolean;
}

/** Whose turn a run is, by its row. */
export const turnOf = (run: { organizationId: string; historicExportId: string | null }): Turn => ({
  organizationId: run.organizationId,
  isHistoric: run.historicExportId !== null,
});

/** Temporal's priorities: the lower goes first, and 3 is what says nothing. */
export const priorityOf = (turn: Turn | undefined) =>
  turn && { priorityKey: turn.isHistoric ? 4 : 2, fairnessKey: turn.organizationId };

/** Files of a plan that follow each other and are exported by one step: the first one's index, and that after the last. */
export type FileGroup = [from: number, to: number];

/** Starts one run. Either the run's row exists already (`runId`), or the window is named, or it follows from the schedule. */
export interface ExportRunInput {
  exportId: string;
  runId?: string;
  historic?: { id: string; start: string; end: string };
  /** Set by the workflow itself when it goes on in a new history. */
  resume?: {
    runId: string;
    planVersion: number;
    files: number;
    nextFile: number;
    /** The groups of the plan; earlier versions had none. */
    groups?: FileGroup[] | undefined;
    /** Whether the step that planned the file has tried to write it. */
    isTried?: true;
    /** How often files were exported again because what was staged of them was lost. */
    again?: number;
    /** Earlier versions had none. */
    turn?: Turn;
  };
}

export interface HistoricExportInput {
  historicExportId: string;
  /** Where a new history goes on: the start of the next window. */
  from?: string;
  /** Windows that failed in the histories before. */
  failed?: number;
}

/** The workflow type that exports to a kind of destination: `s3-export`, `postgres-export`. */
export const workflowTypeOf = (type: DestinationType) => `${type}-export` as const;

/** A window as Temporal's UI shows it beside a workflow. */
export const windowWords = ({ start, end }: { start: string; end: string }): string => `Window ${start} to ${end}`;

export const HISTORIC_WORKFLOW = "historic-export";

/** Whether a workflow type is one of those. A worker can't know every destination: later versions have more. */
export const isExportWorkflow = (workflowType: string): boolean =>
  workflowType.endsWith("-export") && workflowType !== HISTORIC_WORKFLOW;

export const RECONCILE_WORKFLOW = "reconcile";
export const RECONCILE_ID = "penstock-reconcile";

/** What keeps the ledger true, each by a schedule of its own: one that takes long holds none of the others up. */
export const DUTIES = ["due", "sweep", "schedules", "clean", "deliver", "retention"] as const;
export type Duty = (typeof DUTIES)[number];

export interface ReconcileInput {
  duty: Duty;
}

export const reconcileId = (duty: Duty) => `${RECONCILE_ID}-${duty}`;

/** The queue that a worker takes files from, beside the one for everything else. */
export const filesQueue = (taskQueue: string) => `${taskQueue}-files`;

export const historicWorkflowId = (id: string) => `historic-${id}`;
export const runWorkflowId = (runId: string) => `run-${runId}`;

/** What kind of workflow has an id: the same for all that take the same input. */
export function kindOfWorkflow(workflowId: string): string {
  if (/^historic-[0-9a-f-]{36}$/.test(workflowId)) return HISTORIC_WORKFLOW;
  if (workflowId.startsWith(RECONCILE_ID)) return RECONCILE_WORKFLOW;
  return "export";
}
