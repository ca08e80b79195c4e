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

/** The steps of a run that take long, at their turn. */
export const stepsOf = (turn: Turn | undefined) =>
  proxyActivities<Pick<Activities, "planRun" | "commitRun">>({
    startToCloseTimeout: "1 hour",
    heartbeatTimeout,
    retry: retryAsPlanned,
    priority: priorityOf(turn),
  });

// Files wait in a queue of their own, so that long ones never keep the short steps from being done.
const fileSteps = (turn: Turn | undefined) =>
  proxyActivities<Pick<Activities, "exportFile" | "exportGroup">>({
    taskQueue: filesQueue(workflowInfo().taskQueue),
    startToCloseTimeout: "24 hours",
    heartbeatTimeout,
    retry: retryAsPlanned,
    priority: priorityOf(turn),
  });

export const exportFile = (file: Parameters<Activities["exportFile"]>[0], turn: Turn | undefined) =>
  fileSteps(turn).exportFile(file);

export const exportGroup = (group: Parameters<Activities["exportGroup"]>[0], turn: Turn | undefined) =>
  fileSteps(turn).exportGroup(group);
