import type { CreateExport } from "@/lib/schemas/export";
import { MINUTE } from "@/lib/units";

const asDate = (time: string | null) => (time === null ? null : new Date(time));

/** The dates between which an export carries data. What runs once and has no end ends with the minute that it was made in. */
export function boundsOf(
  { schedule, startAt, endAt }: Pick<CreateExport, "schedule" | "startAt" | "endAt">,
  now: Date,
) {
  const end = asDate(endAt);
  const isOpen = schedule.every === "once" && end === null;
  return { startAt: asDate(startAt), endAt: isOpen ? new Date(Math.floor(now.getTime() / MINUTE) * MINUTE) : end };
}
