import { ScheduleNotFoundError, type ScheduleOptions, ScheduleOverlapPolicy } from "@temporalio/client";
import type { exports as exportsTable } from "../db/schema";
import { getEnv } from "../env";
import { getTemporal } from "./client";
import { type ExportRunInput, workflowTypeOf } from "./contract";
import { scheduleSpec } from "./schedule-spec";

type ExportRow = typeof exportsTable.$inferSelect;

function options(row: ExportRow, paused: boolean): Omit<ScheduleOptions, "state"> & { state: { paused: boolean } } {
  const input: ExportRunInput = { exportId: row.id };
  return {
    scheduleId: row.id,
    spec: scheduleSpec(row.schedule, row),
    action: {
      type: "startWorkflow",
      workflowType: workflowTypeOf(row.destination.type),
      // Temporal adds the scheduled time, so that each firing has an id of its own.
      workflowId: `export-${row.id}`,
      taskQueue: getEnv().TEMPORAL_TASK_QUEUE,
      args: [input],
    },
    // Firings that were missed while Temporal was down are run on its return.
    policies: { overlap: ScheduleOverlapPolicy.ALLOW_ALL, catchupWindow: "365 days" },
    state: { paused },
  };
}

/**
 * Makes the export's Temporal Schedule, or brings it in line with the row; `paused` says whether it rests. Its id is the
 * export's. What would have fired while it rested is not caught up with. What runs
 * once has none.
 */
export async function syncSchedule(row: ExportRow, paused: boolean): Promise<void> {
  if (row.schedule.every === "once") return removeSchedule(row.id);
  const { schedule } = getTemporal();
  const wanted = options(row, paused);
  try {
    await schedule.getHandle(row.id).update((previous) => ({
      ...wanted,
      action: { ...wanted.action, workflowType: wanted.action.workflowType },
      state: { ...previous.state, paused: wanted.state.paused },
    }));
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    await schedule.create(wanted);
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
