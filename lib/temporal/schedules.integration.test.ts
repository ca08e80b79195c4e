import { randomUUID } from "node:crypto";
import { ScheduleOverlapPolicy } from "@temporalio/client";
import { afterAll, expect, it } from "vitest";
import { until } from "@/worker/testing/until";
import { closeTemporal, getTemporal } from "./client";

afterAll(() => closeTemporal());

// syncSchedule rests and wakes schedules by updating them, and lets a year be caught up with. This is what it relies on.
it("what a schedule would have fired while it rested is not caught up with when it wakes", async () => {
  const action = { type: "startWorkflow" as const, workflowType: "none", taskQueue: `none-${randomUUID()}`, args: [] };
  const handle = await getTemporal().schedule.create({
    scheduleId: `test-${randomUUID()}`,
    spec: { intervals: [{ every: "1 second" }] },
    action: { ...action, workflowExecutionTimeout: "5 seconds" },
    policies: { overlap: ScheduleOverlapPolicy.ALLOW_ALL, catchupWindow: "365 days" },
    state: { paused: true },
  });
  try {
    const { info } = await handle.describe();
    await until("seconds had passed", async () => Date.now() - info.createdAt.getTime() > 4_000);
    const woken = Date.now();
    await handle.update((previous) => ({ ...previous, state: { ...previous.state, paused: false } }));
    const fired = await until("it had fired", async () => {
      const { recentActions, numActionsTaken } = (await handle.describe()).info;
      return numActionsTaken > 1 && recentActions;
    });
    for (const { scheduledAt } of fired) expect(scheduledAt.getTime()).toBeGreaterThan(woken - 1_000);
  } finally {
    await handle.delete();
  }
});
