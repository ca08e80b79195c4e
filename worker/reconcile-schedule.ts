import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from "@temporalio/client";
import type { Env } from "@/lib/env";
import { RECONCILE_ID, RECONCILE_WORKFLOW } from "@/lib/temporal/contract";

/** Makes the schedule that keeps the ledger true, once for each installation. */
export async function ensureReconcile(client: Client, env: Env): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: RECONCILE_ID,
      spec: { intervals: [{ every: "1 minute" }] },
      action: {
        type: "startWorkflow",
        workflowType: RECONCILE_WORKFLOW,
        taskQueue: env.TEMPORAL_TASK_QUEUE,
        workflowExecutionTimeout: "5 minutes",
      },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: "1 minute" },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
