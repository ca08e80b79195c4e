"use client";

import { Progress as Base } from "@base-ui/react/progress";
import { cn } from "@/lib/client/cn";

const tones = { info: "bg-info-solid", ok: "bg-ok-solid", bad: "bg-bad-solid", idle: "bg-idle-solid" };

interface ProgressProps {
  value: number;
  max: number;
  label: string;
  tone?: keyof typeof tones;
  className?: string;
}

/** How much of `max` is done; callers show the exact numbers as text. */
export function Progress({ value, max, label, tone = "info", className }: ProgressProps) {
  return (
    <Base.Root value={value} max={Math.max(max, 1)} aria-label={label} className={className}>
      <Base.Track className="h-1.5 overflow-hidden rounded-full bg-border">
        <Base.Indicator className={cn("h-full rounded-full transition-[width] duration-300", tones[tone])} />
      </Base.Track>
    </Base.Root>
  );
}
