"use client";

import { useMemo } from "react";
import { Controller, useFormContext } from "react-hook-form";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { hourWords, WEEKDAYS } from "@/lib/client/schedule-words";
import type { CreateExport } from "@/lib/schemas/export";

const HOURS = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: hourWords(hour) }));

// Weeks start on Monday for most readers; Sunday is still 0.
const DAYS = [1, 2, 3, 4, 5, 6, 0].map((day) => ({ value: String(day), label: WEEKDAYS[day] ?? "" }));

/** When a day or week ends, and in which time zone. */
export function CalendarFields({ weekly }: { weekly: boolean }) {
  return (
    <div className={`grid gap-5 ${weekly ? "sm:grid-cols-3" : "sm:grid-cols-2"}`}>
      {weekly && <NumberSelect name="schedule.atWeekday" label="On" options={DAYS} />}
      <NumberSelect
        name="schedule.atHour"
        label="At"
        options={HOURS}
        hint={`The ${weekly ? "week" : "day"} ends then.`}
      />
      <ZoneField />
    </div>
  );
}

interface NumberSelectProps {
  name: "schedule.atHour" | "schedule.atWeekday";
  label: string;
  options: readonly { value: string; label: string }[];
  hint?: string;
}

function NumberSelect({ name, label, options, hint }: NumberSelectProps) {
  return (
    <Controller<CreateExport, NumberSelectProps["name"]>
      name={name}
      render={({ field }) => (
        <Field label={label} hint={hint}>
          {({ id }) => (
            <Select
              id={id}
              options={options}
              value={String(field.value)}
              onChange={(next) => field.onChange(Number(next))}
            />
          )}
        </Field>
      )}
    />
  );
}

function ZoneField() {
  const { formState } = useFormContext<CreateExport>();
  const zones = useMemo(() => ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")], []);
  return (
    <Controller<CreateExport, "schedule.timezone">
      name="schedule.timezone"
      render={({ field }) => (
        <Field
          label="Time zone"
          error={formState.errors.schedule?.timezone?.message}
          hint="Follows daylight saving time."
        >
          {(control) => <Combobox {...control} options={zones} value={field.value} onChange={field.onChange} />}
        </Field>
      )}
    />
  );
}
