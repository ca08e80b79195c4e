"use client";

import { useEffect, useState } from "react";
import { formatRelative, formatTime } from "@/lib/client/format";

/** The current time in milliseconds, updated every `everyMs` while `ticking`. */
export function useNow(everyMs: number, ticking = true): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!ticking) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, ticking]);
  return now;
}

/** A relative time, with the exact time on hover and for screen readers. */
export function RelativeTime({ value }: { value: string }) {
  const now = useNow(30_000);
  return (
    <time dateTime={value} title={formatTime(value)} className="whitespace-nowrap">
      {formatRelative(value, now)}
    </time>
  );
}
