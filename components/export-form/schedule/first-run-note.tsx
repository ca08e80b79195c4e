"use client";

import { CalendarClock } from "lucide-react";
import { useFormContext } from "react-hook-form";
import { useNow } from "@/components/ui/time";
import type { CreateExport, Export } from "@/lib/schemas/export";
import { firstRunWords } from "./first-run";
import { rescheduleWords } from "./reschedule-words";

/** When the first run starts; for a saved export, the effect of a schedule change. */
export function FirstRun({ stored }: { stored: Export | undefined }) {
  const { watch } = useFormContext<CreateExport>();
  const now = new Date(useNow(30_000));
  const value = watch();
  const words = stored ? rescheduleWords(stored, value.schedule, now) : firstRunWords(value, now);
  return (
    <div aria-live="polite" className="empty:hidden">
      {words && (
        <p className="flex gap-2.5 rounded-xl bg-sunken p-3">
          <CalendarClock className="mt-0.5 size-4 shrink-0 text-primary" aria-hidden />
          {words}
        </p>
      )}
    </div>
  );
}
