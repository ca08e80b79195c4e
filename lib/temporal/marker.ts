import { type Client, ScheduleAlreadyRunning, ScheduleNotFoundError, ScheduleOverlapPolicy } from "@temporalio/client";
import { z } from "zod";
import { getEnv } from "../env";
import { RECONCILE_WORKFLOW } from "./contract";
import { listSchedules } from "./listed-schedules";
import { isNotFound } from "./not-found";

/** Temporal's copy of an installation's identity. */
const markerSchema = z.object({ id: z.uuid(), generation: z.number().int(), stamp: z.uuid() });

export type Marker = z.infer<typeof markerSchema>;

const PREFIX = "penstock-installation-";

/** Installations that share a namespace have task queues of their own. */
const markerId = () => `${PREFIX}${getEnv().TEMPORAL_TASK_QUEUE}`;

/**
 * Reads the marker; null if there is none, `unreadable` if somebody else has written the note. It is the note of a schedule that never fires, which needs no key of
 * ENCRYPTION_KEYS: those may be lost together with a database.
 */
export async function readMarker(temporal: Client): Promise<Marker | "unreadable" | null> {
  const at = { namespace: getEnv().TEMPORAL_NAMESPACE, scheduleId: markerId() };
  try {
    const { schedule } = await temporal.workflowService.describeSchedule(at);
    return parse(schedule?.state?.notes) ?? "unreadable";
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

function parse(note: string | null | undefined): Marker | null {
  try {
    return markerSchema.parse(JSON.parse(note ?? ""));
  } catch {
    return null;
  }
}

/** The markers of other task queues in the namespace. The list may be seconds old. */
export async function otherMarkers(temporal: Client): Promise<Marker[]> {
  const markers: Marker[] = [];
  for await (const { id, note } of listSchedules(temporal)) {
    const marker = id.startsWith(PREFIX) && id !== markerId() ? parse(note) : null;
    if (marker) markers.push(marker);
  }
  return markers;
}

/** Creates or replaces the marker. */
export async function writeMarker(temporal: Client, marker: Marker): Promise<void> {
  const note = JSON.stringify(markerSchema.parse(marker));
  const handle = temporal.schedule.getHandle(markerId());
  try {
    await handle.pause(note);
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    await create(temporal, note);
  }
}

async function create(temporal: Client, note: string): Promise<void> {
  const scheduleId = markerId();
  try {
    await temporal.schedule.create({
      scheduleId,
      spec: {},
      action: {
        type: "startWorkflow",
        workflowType: RECONCILE_WORKFLOW,
        workflowId: scheduleId,
        taskQueue: getEnv().TEMPORAL_TASK_QUEUE,
      },
      policies: { overlap: ScheduleOverlapPolicy.SKIP },
      state: { paused: true, note },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await temporal.schedule.getHandle(scheduleId).pause(note);
  }
}
