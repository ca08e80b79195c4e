import { getTemporal } from "@/lib/temporal/client";

/** A run's history in Temporal: its number of events, and how long each step waited for a worker and ran, in ms. */
export async function stepsOf(workflowId: string): Promise<{ events: number; steps: Record<string, number> }> {
  const { events } = await getTemporal().workflow.getHandle(workflowId).fetchHistory();
  const all = events ?? [];
  const timeOf = (id: unknown) => {
    const time = all.find(({ eventId }) => String(eventId) === String(id))?.eventTime;
    return Number(time?.seconds ?? 0) * 1000 + (time?.nanos ?? 0) / 1e6;
  };
  const steps: Record<string, number> = {};
  for (const { eventId, activityTaskCompletedEventAttributes: done } of all) {
    if (!done) continue;
    const scheduled = all.find((event) => String(event.eventId) === String(done.scheduledEventId));
    const name = scheduled?.activityTaskScheduledEventAttributes?.activityType?.name ?? "?";
    steps[`${name}: waiting for a worker`] = Math.round(timeOf(done.startedEventId) - timeOf(done.scheduledEventId));
    steps[name] = Math.round(timeOf(eventId) - timeOf(done.startedEventId));
  }
  return { events: all.length, steps };
}
