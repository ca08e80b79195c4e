import { proxyActivities, workflowInfo } from "@temporalio/workflow";
import { filesQueue } from "../../lib/temporal/contract";
import type { createActivities } from "../activities";

type Activities = ReturnType<typeof createActivities>;

// Short steps: bookkeeping in PostgreSQL, which may be away for a while.
export const { startRun, endRun, nextHistoricWindows, endHistoric, sweep, healSchedules, deliver, pruneLogs } =
  proxyActivities<Activities>({
    startToCloseTimeout: "1 minute",
    retry: { initialInterval: "1 second", backoffCoefficient: 2, maximumInterval: "1 minute" },
  });

/** About twenty minutes of tries; then the run fails, and says so. */
const retry = {
  initialInterval: "2 seconds",
  backoffCoefficient: 2,
  maximumInterval: "2 minutes",
  maximumAttempts: 15,
};

// A worker that dies falls silent: the heartbeat finds it out, and another worker takes the step over.
export const { planRun, commitRun } = proxyActivities<Activities>({
  startToCloseTimeout: "1 hour",
  heartbeatTimeout: "20 seconds",
  retry,
});

// A file whose rows no longer match the plan is not tried again: the workflow asks for a fresh plan. Files wait in a queue of
// their own, so that long ones never keep the short steps from being done.
export const exportFile = (file: Parameters<Activities["exportFile"]>[0]) => files().exportFile(file);

const files = () =>
  proxyActivities<Activities>({
    taskQueue: filesQueue(workflowInfo().taskQueue),
    startToCloseTimeout: "24 hours",
    heartbeatTimeout: "20 seconds",
    retry: { ...retry, nonRetryableErrorTypes: ["plan_mismatch"] },
  });
