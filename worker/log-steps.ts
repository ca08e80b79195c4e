import type { Context, Info } from "@temporalio/activity";
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from "@temporalio/worker";
import { type LogFields, withLogFields } from "@/lib/services/log-fields";

/** The ids among an activity's input. */
interface Named {
  runId?: string;
  checkId?: string;
  input?: { exportId?: string; runId?: string };
}

/** The fields on each line that a step logs. */
export function stepFields(
  { activityType, attempt, workflowExecution }: Pick<Info, "activityType" | "attempt" | "workflowExecution">,
  argument: unknown,
): LogFields {
  const { runId, checkId, input } = (argument ?? {}) as Named;
  const ids = { runId: runId ?? input?.runId, exportId: input?.exportId, checkId };
  const known = Object.entries({ ...ids, workflowId: workflowExecution?.workflowId }).filter(([, id]) => id);
  return { ...Object.fromEntries(known), activity: activityType, attempt };
}

/** Gives the lines of a step the ids of its run and workflow. */
export const logSteps = (context: Context): { inbound: ActivityInboundCallsInterceptor } => ({
  inbound: {
    execute: (input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, "execute">) =>
      withLogFields(stepFields(context.info, input.args[0]), () => next(input)),
  },
});
