import { proxyActivities, workflowInfo } from "@temporalio/workflow";
import { filesQueue } from "../../lib/temporal/contract";
import type { createActivities } from "../activities";

type Activities = ReturnType<typeof createActivities>;

// Whoever does a step heartbeats while it lasts. A worker that dies falls silent, and so does a step that Temporal believes to
// have begun though it never reached a worker: after this, another try is made.
const heartbeatTimeout = "20 seconds";

// Short steps: bookkeeping in PostgreSQL, which may be away for a while.
export const {
  startRun,
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
  retry: { initialInterval: "1 second", backoffCoefficient: 2, maximumInterval: "1 minute" },
});

/** About twenty minutes of tries; then the run fails, and says so. */
const retry = {
  initialInterval: "2 seconds",
  backoffCoefficient: 2,
  maximumInterval: "2 minutes",
  maximumAttempts: 15,
};

export const { planRun, commitRun } = proxyActivities<Activities>({
  startToCloseTimeout: "1 hour",
  heartbeatTimeout,
  retry,
});

// A file whose rows no longer match the plan is not tried again: the workflow asks for a fresh plan. Files wait in a queue of
// their own, so that long ones never keep the short steps from being done.
export const exportFile = (file: Parameters<Activities["exportFile"]>[0]) => files().exportFile(file);

const files = () =>
  proxyActivities<Activities>({
    taskQueue: filesQueue(workflowInfo().taskQueue),
    startToCloseTimeout: "24 hours",
    heartbeatTimeout,
    retry: { ...retry, nonRetryableErrorTypes: ["plan_mismatch"] },
  });
