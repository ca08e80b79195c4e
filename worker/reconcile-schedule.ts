import { type Client, ScheduleAlreadyRunning, ScheduleNotFoundError, ScheduleOverlapPolicy } from "@temporalio/client";
import type { Env } from "@/lib/env";
import {
  DUTIES,
  type Duty,
  RECONCILE_ID,
  RECONCILE_WORKFLOW,
  type ReconcileInput,
  reconcileId,
} from "@/lib/temporal/contract";

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
  const input: ReconcileInput = { duty };
  try {
    await client.schedule.create({
      scheduleId: reconcileId(duty),
      spec: { intervals: [{ every: "1 minute" }] },
      action: {
        type: "startWorkflow",
        workflowType: RECONCILE_WORKFLOW,
        workflowId: reconcileId(duty),
        args: [input],
        taskQueue: env.TEMPORAL_TASK_QUEUE,
        workflowExecutionTimeout: "5 minutes",
      },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: "1 minute" },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
