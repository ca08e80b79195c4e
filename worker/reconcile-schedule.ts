import {
  type Client,
  isGrpcServiceError,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
} from "@temporalio/client";
import type { Env } from "@/lib/env";
import {
  DUTIES,
  type Duty,
  RECONCILE_ID,
  RECONCILE_WORKFLOW,
  type ReconcileInput,
  reconcileId,
} from "@/lib/temporal/contract";
import { describeSchedule } from "@/lib/temporal/schedules";

/** Creates the schedules that keep the ledger true, once per installation. Earlier versions had a single one. */
export async function ensureReconcile(client: Client, env: Env): Promise<void> {
  await Promise.all(DUTIES.map((duty) => ensureDuty(client, env, duty)));
  await client.schedule
    .getHandle(RECONCILE_ID)
    .delete()
    .catch((error) => {
      if (!(error instanceof ScheduleNotFoundError)) throw error;
    });
}

async function ensureDuty(client: Client, env: Env, duty: Duty): Promise<void> {
  try {
    await makeDuty(client, env, duty);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    if (!(await isUnreadable(client, env, duty))) return;
    await client.schedule.getHandle(reconcileId(duty)).delete();
    await makeDuty(client, env, duty);
  }
}

/** Whether a schedule of this installation was encrypted with a key that is lost: what it starts could never begin. */
async function isUnreadable(client: Client, env: Env, duty: Duty): Promise<boolean> {
  const known = await describeSchedule(client, reconcileId(duty));
  if (known?.taskQueue !== env.TEMPORAL_TASK_QUEUE) return false;
  return client.schedule
    .getHandle(reconcileId(duty))
    .describe()
    .then(
      () => false,
      (error) => !isGrpcServiceError(error) && !(error instanceof ScheduleNotFoundError),
    );
}

const makeDuty = (client: Client, env: Env, duty: Duty) =>
  client.schedule.create({
    scheduleId: reconcileId(duty),
    spec: { intervals: [{ every: "1 minute" }] },
    action: {
      type: "startWorkflow",
      workflowType: RECONCILE_WORKFLOW,
      workflowId: reconcileId(duty),
      args: [{ duty } satisfies ReconcileInput],
      taskQueue: env.TEMPORAL_TASK_QUEUE,
      workflowExecutionTimeout: "5 minutes",
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: "1 minute" },
  });
