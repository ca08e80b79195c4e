import { createHash } from "node:crypto";
import {
  type Client,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  type ScheduleOptions,
  ScheduleOverlapPolicy,
} from "@temporalio/client";
import type { ExportRow } from "@/lib/db/rows";
import { getEnv } from "../env";
import { type ExportRunInput, priorityOf, workflowTypeOf } from "./contract";
import { MADE_FROM, madeFrom } from "./listed-schedules";
import { isNotFound } from "./not-found";
import { scheduleSpec } from "./schedule-spec";

function options(row: ExportRow): ScheduleOptions {
  const input: ExportRunInput = { exportId: row.id };
  // The SDK sends the priority, although its action type lacks it.
  const priority = priorityOf({ organizationId: row.organizationId, isHistoric: false });
  const action = {
    type: "startWorkflow" as const,
    workflowType: workflowTypeOf(row.destination.type),
    // Temporal appends the scheduled time, so that each firing has its own id.
    workflowId: `export-${row.id}`,
    taskQueue: getEnv().TEMPORAL_TASK_QUEUE,
    args: [input],
    priority,
  };
  return {
    scheduleId: row.id,
    spec: scheduleSpec(row.schedule, row),
    action,
    // One firing starts everything due, so firings missed while Temporal was down need not all be made up for.
    policies: { overlap: ScheduleOverlapPolicy.ALLOW_ALL, catchupWindow: "1 hour" },
  };
}

/** Sorts the fields of objects, so that equal values have equal text. */
const sorted = (_: string, value: unknown) =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

const hashOf = (value: object) => createHash("sha256").update(JSON.stringify(value, sorted)).digest("hex");

/** The hash of everything an export's schedule is made from, except whether it rests. */
export const scheduleHash = (row: ExportRow): string => hashOf(options(row));

/**
 * Creates the export's Temporal schedule or updates it to match the row; `paused` says whether it rests. Its id is the
 * export's. A schedule made from something else is recreated, because memos can't be changed everywhere. Exports that
 * run once have none.
 */
export async function syncSchedule(temporal: Client, row: ExportRow, paused: boolean): Promise<void> {
  if (row.schedule.every === "once") return removeSchedule(temporal, row.id);
  // A new export has no schedule yet; creating one confirms that.
  if (row.scheduleApplied === 0 && (await makeSchedule(temporal, row, paused))) return;
  const known = await describeSchedule(temporal, row.id);
  // Set even if it seems to match: Temporal confirms a change before applying it.
  if (known?.madeFrom === scheduleHash(row)) return setPaused(temporal, row.id, paused);
  if (known) await removeSchedule(temporal, row.id);
  // If one exists now, another process created it; reconciliation compares it within a minute.
  await makeSchedule(temporal, row, paused);
}

/** False if one already exists. */
async function makeSchedule(temporal: Client, row: ExportRow, paused: boolean): Promise<boolean> {
  const memo = { [MADE_FROM]: scheduleHash(row) };
  try {
    await temporal.schedule.create({ ...options(row), memo, state: { paused } });
    return true;
  } catch (error) {
    if (error instanceof ScheduleAlreadyRunning) return false;
    throw error;
  }
}

async function setPaused(temporal: Client, exportId: string, paused: boolean): Promise<void> {
  const handle = temporal.schedule.getHandle(exportId);
  if (paused) await handle.pause("The export is paused, or its connection is off or not verified.");
  else await handle.unpause("The export runs.");
}

/** The state of a schedule; null if it doesn't exist. Never decrypts its action, which may not be ours. */
export async function describeSchedule(temporal: Client, scheduleId: string) {
  const namespace = getEnv().TEMPORAL_NAMESPACE;
  try {
    const { schedule, memo } = await temporal.workflowService.describeSchedule({ namespace, scheduleId });
    return {
      madeFrom: await madeFrom(memo),
      taskQueue: schedule?.action?.startWorkflow?.taskQueue?.name ?? "",
    };
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/** Removes an export's schedule, if it exists. */
export async function removeSchedule(temporal: Client, exportId: string): Promise<void> {
  try {
    await temporal.schedule.getHandle(exportId).delete();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
}
