import { proxyActivities, workflowInfo } from "@temporalio/workflow";
import { PLAN_MISMATCH } from "../../lib/failure-codes";
import { filesQueue, priorityOf, type Turn } from "../../lib/temporal/contract";
import type { createActivities } from "../activities";

type Activities = ReturnType<typeof createActivities>;

// Whoever does a step heartbeats while it lasts. A worker that dies falls silent, and so does a step that Temporal believes to
// have begun though it never reached a worker: after this, another try is made.
const heartbeatTimeout = "20 seconds";

// Short steps: bookkeeping in PostgreSQL, which may be away for a while.
const patient = { initialInterval: "1 second", backoffCoefficient: 2, maximumInterval: "1 minute" } as const;

// Goes on with the plan, which may take long, and with what is small. What fails there is left to the steps of their own.
export const { startRun } = proxyActivities<Pick<Activities, "startRun">>({
  summary: "Start the window's run, and finish it if it is small",
  startToCloseTimeout: "1 hour",
  heartbeatTimeout,
  retry: patient,
});

export const {
  endRun,
  nextHistoricWindows,
  endHistoric,
  startDue,
  sweep,
  healSchedules,
  cleanRuns,
  deliver,
  pruneLogs,
} = proxyActivities<Activities>({
  startToCloseTimeout: "1 minute",
  heartbeatTimeout,
  retry: patient,
});

/** About twenty minutes of tries; then the run fails, and says so. */
const retry = {
  initialInterval: "2 seconds",
  backoffCoefficient: 2,
  maximumInterval: "2 minutes",
  maximumAttempts: 15,
};

// What no longer matches the plan is not tried again: the workflow asks for a fresh plan.
const retryAsPlanned = { ...retry, nonRetryableErrorTypes: [PLAN_MISMATCH] };

const longStep = <Name extends "planRun" | "commitRun">(turn: Turn | undefined, summary: string) =>
  proxyActivities<Pick<Activities, Name>>({
    startToCloseTimeout: "1 hour",
    heartbeatTimeout,
    retry: retryAsPlanned,
    priority: priorityOf(turn),
    summary,
  });

/** The steps of a run that take long, at their turn. */
export const stepsOf = (turn: Turn | undefined) => ({
  planRun: longStep<"planRun">(turn, "Plan the window's files").planRun,
  commitRun: longStep<"commitRun">(turn, "Commit the window").commitRun,
});

// Files wait in a queue of their own, so that long ones never keep the short steps from being done.
const fileSteps = (turn: Turn | undefined, summary: string) =>
  proxyActivities<Pick<Activities, "exportFile" | "exportGroup">>({
    taskQueue: filesQueue(workflowInfo().taskQueue),
    startToCloseTimeout: "24 hours",
    heartbeatTimeout,
    retry: retryAsPlanned,
    priority: priorityOf(turn),
    summary,
  });

export const exportFile = (file: Parameters<Activities["exportFile"]>[0], turn: Turn | undefined) =>
  fileSteps(turn, `Export file ${file.index + 1}`).exportFile(file);

export const exportGroup = (group: Parameters<Activities["exportGroup"]>[0], turn: Turn | undefined) =>
  fileSteps(turn, `Export files ${group.from + 1} to ${group.to}`).exportGroup(group);
