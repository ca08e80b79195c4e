import { proxyActivities, workflowInfo } from "@temporalio/workflow";
import { PLAN_MISMATCH } from "../../lib/failure-codes";
import { ATTEMPTS, FREE_ATTEMPTS } from "../../lib/temporal/attempts";
import { CHECK_PRIORITY, checksQueue, filesQueue, priorityOf, type Turn } from "../../lib/temporal/contract";
import type { createActivities } from "../activities";

type Activities = ReturnType<typeof createActivities>;

// Activities heartbeat while they run. After this long without a heartbeat, Temporal retries: the worker died, or the
// activity counts as started but never reached a worker.
const heartbeatTimeout = "20 seconds";

// Short steps: bookkeeping in PostgreSQL, which may be down for a while.
const patient = { initialInterval: "1 second", backoffCoefficient: 2, maximumInterval: "1 minute" } as const;

// Also plans the run, which may take long, and finishes it if it is small. Later steps take over after a failure there.
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
  endChecks,
} = proxyActivities<Activities>({
  startToCloseTimeout: "1 minute",
  heartbeatTimeout,
  retry: patient,
});

// Rounds end by themselves after some minutes, and after what they were asking then; the next one continues.
export const { lookAgain, auditDue } = proxyActivities<Pick<Activities, "lookAgain" | "auditDue">>({
  startToCloseTimeout: "2 hours",
  heartbeatTimeout,
  retry: { maximumAttempts: 1 },
});

/** The step itself ends after the attempts that count: about twenty minutes of tries before the run fails. */
const retry = {
  initialInterval: "2 seconds",
  backoffCoefficient: 2,
  maximumInterval: "2 minutes",
  maximumAttempts: ATTEMPTS.run + FREE_ATTEMPTS,
} as const;

/** Takes the next windows of a request for checks. Reading back the files of one may take long. */
export const advanceChecks = (input: Parameters<Activities["advanceChecks"]>[0]) =>
  proxyActivities<Pick<Activities, "advanceChecks">>({
    taskQueue: checksQueue(workflowInfo().taskQueue),
    startToCloseTimeout: "24 hours",
    heartbeatTimeout,
    retry: { ...retry, maximumAttempts: ATTEMPTS.checks + FREE_ATTEMPTS },
    priority: { priorityKey: CHECK_PRIORITY },
  }).advanceChecks(input);

// A plan mismatch is not retried: the workflow asks for a fresh plan.
const retryAsPlanned = { ...retry, nonRetryableErrorTypes: [PLAN_MISMATCH] };

const longStep = <Name extends "planRun" | "commitRun">(turn: Turn | undefined, summary: string) =>
  proxyActivities<Pick<Activities, Name>>({
    startToCloseTimeout: "1 hour",
    heartbeatTimeout,
    retry: retryAsPlanned,
    ...(turn && { priority: priorityOf(turn) }),
    summary,
  });

/** A run's long steps, with its priority. */
export const stepsOf = (turn: Turn | undefined) => ({
  planRun: longStep<"planRun">(turn, "Plan the window's files").planRun,
  commitRun: longStep<"commitRun">(turn, "Commit the window").commitRun,
});

// Files have a separate queue, so that long ones never block the short steps.
const fileSteps = (turn: Turn | undefined, summary: string) =>
  proxyActivities<Pick<Activities, "exportFile" | "exportGroup">>({
    taskQueue: filesQueue(workflowInfo().taskQueue),
    startToCloseTimeout: "24 hours",
    heartbeatTimeout,
    retry: retryAsPlanned,
    ...(turn && { priority: priorityOf(turn) }),
    summary,
  });

export const exportFile = (file: Parameters<Activities["exportFile"]>[0], turn: Turn | undefined) =>
  fileSteps(turn, `Export file ${file.index + 1}`).exportFile(file);

export const exportGroup = (group: Parameters<Activities["exportGroup"]>[0], turn: Turn | undefined) =>
  fileSteps(turn, `Export files ${group.from + 1} to ${group.to}`).exportGroup(group);
