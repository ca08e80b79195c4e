import type { ExportRow } from "@/lib/db/rows";
import { invalidField } from "@/lib/errors";
import type { CreateHistoricExport } from "@/lib/schemas/historic-export";
import { timelineOf } from "@/lib/services/schedules";
import { utc } from "@/lib/utc";
import { alignRange, boundaryAtOrBefore, countWindows, type Window } from "@/lib/windows";

export type HistoricRange = Window & { windows: number };

type Exported = Pick<ExportRow, "schedule" | "pastSchedules" | "startAt" | "endAt">;

/**
 * Aligns a range to whole windows, clipped to the export's dates and the newest ended window. Throws a 422 that says
 * why if nothing remains.
 */
export function historicRange(exported: Exported, input: CreateHistoricExport, now: Date): HistoricRange {
  const asked = { start: new Date(input.start), end: new Date(input.end) };
  refuseOutside(exported, asked);
  const range = alignRange(timelineOf(exported), asked, exported, now);
  if (!range)
    throw invalidField(
      "start",
      "Must be before the end of the newest complete window: no window in this range has ended yet.",
    );
  return { ...range, windows: countWindows(timelineOf(exported), range, exported) };
}

/** Drops the windows that ended before the first row arrived. */
export function startingWith(exported: Exported, range: HistoricRange, first: Date): HistoricRange {
  const timeline = timelineOf(exported);
  const start = boundaryAtOrBefore(timeline, first);
  if (start <= range.start) return range;
  const { end } = range;
  return { start, end, windows: countWindows(timeline, { start, end }, exported) };
}

/** Widened to whole windows, a range outside the export's dates would reach into them. */
function refuseOutside({ startAt, endAt }: Exported, asked: Window) {
  if (endAt && asked.start >= endAt)
    throw invalidField("start", `Must be before the export's end date, ${utc(endAt)}.`);
  if (startAt && asked.end <= startAt)
    throw invalidField("end", `Must be after the export's start date, ${utc(startAt)}.`);
}
