import { ScheduleNotFoundError } from "@temporalio/client";
import { describe, expect, it } from "vitest";
import { getEnv } from "@/lib/env";
import { getTemporal } from "@/lib/temporal/client";
import { DUTIES, RECONCILE_ID, RECONCILE_WORKFLOW, reconcileId } from "@/lib/temporal/contract";
import { until } from "@/testing/runs/until";
import { ensureReconcile } from "../reconcile-schedule";

const ACTIVITY = {
  due: "startDue",
  sweep: "sweep",
  schedules: "healSchedules",
  clean: "cleanRuns",
  deliver: "deliver",
  retention: "pruneLogs",
  look: "lookAgain",
  audit: "auditDue",
};

describe("reconciliation", () => {
  it.each(DUTIES)("does %s by a schedule of its own, every minute", async (duty) => {
    const schedule = getTemporal().schedule.getHandle(reconcileId(duty));
    expect((await schedule.describe()).spec.intervals).toMatchObject([{ every: 60_000 }]);
    const latest = await until("a round was started", async () =>
      (await schedule.describe()).info.recentActions.at(-1),
    );
    const { workflowId, firstExecutionRunId } = latest.action.workflow;
    const round = getTemporal().workflow.getHandle(workflowId, firstExecutionRunId);
    await round.result();
    const { events } = await round.fetchHistory();
    const names = (events ?? []).flatMap(
      (event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? [],
    );
    expect(names).toEqual([ACTIVITY[duty]]);
  });

  it("has no schedule for everything at once any more, as earlier versions made one", async () => {
    const client = getTemporal();
    const env = getEnv();
    await client.schedule.create({
      scheduleId: RECONCILE_ID,
      spec: { intervals: [{ every: "1 day" }] },
      action: { type: "startWorkflow", workflowType: RECONCILE_WORKFLOW, taskQueue: env.TEMPORAL_TASK_QUEUE },
    });
    await ensureReconcile(client, env);
    await expect(client.schedule.getHandle(RECONCILE_ID).describe()).rejects.toThrow(ScheduleNotFoundError);
  });
});
