import { createHash } from "node:crypto";
import {
  isGrpcServiceError,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  type ScheduleOptions,
  ScheduleOverlapPolicy,
} from "@temporalio/client";
import type { ExportRow } from "@/lib/db/rows";
import { getEnv } from "../env";
import { getTemporal } from "./client";
import { type ExportRunInput, priorityOf, workflowTypeOf } from "./contract";
import { MADE_FROM, madeFrom } from "./listed-schedules";
import { scheduleSpec } from "./schedule-spec";

/** What gRPC calls a thing that is not there. */
const NOT_FOUND = 5;

function options(row: ExportRow): ScheduleOptions {
  const input: ExportRunInput = { exportId: row.id };
  // The SDK sends the priority, though its type of an action does not name it.
  const priority = priorityOf({ organizationId: row.organizationId, isHistoric: false });
  const action = {
    type: "startWorkflow" as const,
    workflowType: workflowTypeOf(row.destination.type),
    // Temporal adds the scheduled time, so that each firing has an id of its own.
    workflowId: `export-${row.id}`,
    taskQueue: getEnv().TEMPORAL_TASK_QUEUE,
    args: [input],
    priority,
  };
  return {
    scheduleId: row.id,
    spec: scheduleSpec(row.schedule, row),
    action,
    // One firing starts all that is due: those that were missed while Temporal was down need not all be made up for.
    policies: { overlap: ScheduleOverlapPolicy.ALLOW_ALL, catchupWindow: "1 hour" },
  };
}

/** Sorts the fields of objects, so that equal values have equal text. */
const sorted = (_: string, value: unknown) =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

const hashOf = (value: object) => createHash("sha256").update(JSON.stringify(value, sorted)).digest("hex");

/** A hash of all that an export's schedule is made from, except whether it rests. */
export const scheduleHash = (row: ExportRow): string => hashOf(options(row));

/**
 * Makes the export's Temporal Schedule, or brings it in line with the row; `paused` says whether it rests. Its id is the
 * export's. One that was made from something else is made anew, because a schedule's memo can't be changed everywhere. What
 * runs once has none.
 */
export async function syncSchedule(row: ExportRow, paused: boolean): Promise<void> {
  if (row.schedule.every === "once") return removeSchedule(row.id);
  // Of a new export there is none yet, and making it tells.
  if (row.scheduleApplied === 0 && (await makeSchedule(row, paused))) return;
  const known = await describeSchedule(row.id);
  // Asked for even where it seems to be so: Temporal answers to a change before it has taken it in.
  if (known?.madeFrom === scheduleHash(row)) return setPaused(row.id, paused);
  if (known) await removeSchedule(row.id);
  // One that is there by now is made by another process; reconciling compares it within a minute.
  await makeSchedule(row, paused);
}

/** Answers false where there is one already. */
async function makeSchedule(row: ExportRow, paused: boolean): Promise<boolean> {
  const memo = { [MADE_FROM]: scheduleHash(row) };
  try {
    await getTemporal().schedule.create({ ...options(row), memo, state: { paused } });
    return true;
  } catch (error) {
    if (error instanceof ScheduleAlreadyRunning) return false;
    throw error;
  }
}

async function setPaused(exportId: string, paused: boolean): Promise<void> {
  const handle = getTemporal().schedule.getHandle(exportId);
  if (paused) await handle.pause("The export is paused, or its connection is off or not verified.");
  else await handle.unpause("The export runs.");
}

/** What a schedule is now; null where there is none. Nothing of its action is decrypted: it may be another installation's. */
export async function describeSchedule(scheduleId: string) {
  const namespace = getEnv().TEMPORAL_NAMESPACE;
  try {
    const { schedule, memo } = await getTemporal().workflowService.describeSchedule({ namespace, scheduleId });
    return {
      madeFrom: await madeFrom(memo),
      taskQueue: schedule?.action?.startWorkflow?.taskQueue?.name ?? "",
    };
  } catch (error) {
    if (isGrpcServiceError(error) && error.code === NOT_FOUND) return null;
    throw error;
  }
}

/** Removes an export's schedule; one that is not there is no error. */
export async function removeSchedule(exportId: string): Promise<void> {
  try {
    await getTemporal().schedule.getHandle(exportId).delete();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
}
