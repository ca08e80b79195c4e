"use client";

import { startTransition } from "react";
import { useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { periodLabel } from "@/lib/client/schedule-words";
import type { SchedulePeriod } from "@/lib/fields/schedule";
import { SCHEDULE_PERIODS } from "@/lib/fields/schedule-periods";
import type { CreateExport, Export } from "@/lib/schemas/export";
import { useReason } from "../form/use-follow";
import { lastDays } from "./once-range";

const NOTES: Partial<Record<SchedulePeriod, string>> = {
  "24h": "From midnight to midnight, UTC.",
  day: "At an hour in any time zone.",
  week: "On a weekday, at an hour in any time zone.",
  once: "One window that you choose, right away.",
};

/** The API rejects changes between a schedule and "once". */
function turnProblem(stored: Export | undefined, every: SchedulePeriod): string | null {
  if (!stored || (stored.schedule.every === "once") === (every === "once")) return null;
  return "A saved export can’t change between once and a schedule: duplicate it instead.";
}

export function PeriodField({ stored }: { stored: Export | undefined }) {
  const { watch, setValue, formState } = useFormContext<CreateExport>();
  const reason = useReason();
  const value = watch();
  const options = SCHEDULE_PERIODS.map((every) => {
    const why =
      turnProblem(stored, every) ??
      reason("schedule.every", (form) => ({ ...form, schedule: { ...form.schedule, every } }));
    return { value: every, label: periodLabel(every), note: why ?? NOTES[every], disabled: why !== null };
  });
  const choose = (every: SchedulePeriod) => {
    setValue("schedule.every", every, { shouldDirty: true, shouldValidate: formState.errors.schedule !== undefined });
    const wasOnce = value.schedule.every === "once";
    if (wasOnce === (every === "once")) return;
    // The dates of a schedule don't make sense as a range, nor the reverse.
    const all = every !== "once" || value.model === "persons";
    const range = all ? { startAt: null, endAt: null } : lastDays(1, Date.now());
    setValue("startAt", range.startAt, { shouldDirty: true });
    setValue("endAt", range.endAt, { shouldDirty: true, shouldValidate: true });
  };
  return (
    <Field label="How often" className="sm:max-w-md" error={formState.errors.schedule?.every?.message}>
      {(control) => (
        <Select
          {...control}
          options={options}
          value={value.schedule.every}
          onChange={(every) => startTransition(() => choose(every))}
        />
      )}
    </Field>
  );
}
