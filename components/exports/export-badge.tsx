import { CircleCheck, CircleDot, CirclePause, CirclePlay, PlugZap, TriangleAlert } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { Export } from "@/lib/schemas/export";

type Known = Pick<Export, "paused" | "pause" | "blockedBy" | "ended" | "schedule">;

/** Whether an export's schedule runs, or why not. */
export function ExportBadge({ value: { paused, pause, blockedBy, ended, schedule } }: { value: Known }) {
  if (paused && pause?.by === "failures")
    return (
      <Badge tone="bad">
        <TriangleAlert aria-hidden /> Paused automatically
      </Badge>
    );
  if (paused)
    return (
      <Badge tone="idle">
        <CirclePause aria-hidden /> Paused
      </Badge>
    );
  if (ended)
    return (
      <Badge tone="idle">
        <CircleCheck aria-hidden /> Ended
      </Badge>
    );
  if (blockedBy === "connection_unverified")
    return (
      <Badge tone="warn">
        <PlugZap aria-hidden /> Connection not verified
      </Badge>
    );
  if (blockedBy === "connection_off")
    return (
      <Badge tone="idle">
        <CirclePause aria-hidden /> Connection off
      </Badge>
    );
  if (schedule.every === "once")
    return (
      <Badge tone="idle">
        <CircleDot aria-hidden /> One-time
      </Badge>
    );
  return (
    <Badge tone="ok">
      <CirclePlay aria-hidden /> Active
    </Badge>
  );
}
