"use client";

import { useEffect, useState } from "react";
import { formatPast, formatRelative, formatTime } from "@/lib/client/format";
import { useTime } from "@/lib/client/use-time";

/** The current time in milliseconds, updated every `everyMs` while `ticking`. */
export function useNow(everyMs: number, ticking = true): number {
  const [now, setNow] = useState(useTime());
  useEffect(() => {
    if (!ticking) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, ticking]);
  return now;
}

interface RelativeTimeProps {
  value: string;
  /** It may lie in the future. Any other time is past, even if this clock is behind the server's. */
  upcoming?: boolean;
}

/** A relative time, with the exact time on hover and for screen readers. */
export function RelativeTime({ value, upcoming = false }: RelativeTimeProps) {
  useNow(30_000);
  // Read now: the value may be newer than the last tick.
  const now = useTime();
  return (
    <time dateTime={value} title={formatTime(value)} className="whitespace-nowrap">
      {upcoming ? formatRelative(value, now) : formatPast(value, now)}
    </time>
  );
}
