"use client";

import { CalendarClock } from "lucide-react";
import { useMemo } from "react";
import { Controller, useFormContext, useWatch } from "react-hook-form";
import { Combobox } from "@/components/ui/combobox";
import { DateTimeField } from "@/components/ui/date-time-field";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";
import { useNow } from "@/components/ui/time";
import type { CreateExport } from "@/lib/schemas/export";
import { SCHEDULE_PERIODS } from "@/lib/schemas/schedule";
import { firstRunWords } from "./first-run";

const notes = {
  hour: { label: "Every hour", note: "A batch for each full hour, UTC." },
  day: { label: "Every day", note: "One batch a day, at the hour you choose." },
};
const PERIODS = SCHEDULE_PERIODS.map((value) => ({ value, ...notes[value] }));

const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, "0")}:00`,
}));

/** When it runs, and between which dates. */
export function ScheduleFields() {
  const { watch } = useFormContext<CreateExport>();
  const every = watch("schedule.every");
  return (
    <div className="flex flex-col gap-5">
      <Controller<CreateExport, "schedule.every">
        name="schedule.every"
        render={({ field }) => (
          <RadioCards label="How often" choices={PERIODS} value={field.value} onChange={field.onChange} />
        )}
      />
      {every === "day" && <DayFields />}
      <div className="grid gap-5 sm:grid-cols-2">
        <BoundField name="startAt" label="Start, UTC (optional)" hint="Nothing that arrived before it is exported." />
        <BoundField
          name="endAt"
          label="End, UTC (optional)"
          hint="Nothing past it is ever exported, not by a historic export either."
        />
      </div>
      <PauseField />
      <FirstRun />
    </div>
  );
}

function PauseField() {
  const { register, formState } = useFormContext<CreateExport>();
  return (
    <Field
      label="Pause after failures in a row"
      className="sm:max-w-md"
      error={formState.errors.pauseAfterFailures?.message}
      hint="After so many windows that failed for good, one after the other, the export pauses itself and says so. 0 never pauses. Windows of historic exports are not counted."
    >
      {(control) => (
        <Input
          {...control}
          type="number"
          inputMode="numeric"
          min={0}
          max={1000}
          className="sm:w-32"
          {...register("pauseAfterFailures", { valueAsNumber: true })}
        />
      )}
    </Field>
  );
}

function DayFields() {
  const zones = useMemo(() => ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")], []);
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Controller<CreateExport, "schedule.atHour">
        name="schedule.atHour"
        render={({ field }) => (
          <Field label="At" hint="The day that is exported ends then.">
            {({ id }) => (
              <Select
                id={id}
                options={HOURS}
                value={String(field.value)}
                onChange={(hour) => field.onChange(Number(hour))}
              />
            )}
          </Field>
        )}
      />
      <Controller<CreateExport, "schedule.timezone">
        name="schedule.timezone"
        render={({ field, fieldState }) => (
          <Field label="Time zone" error={fieldState.error?.message} hint="Daylight saving is followed.">
            {(control) => <Combobox {...control} options={zones} value={field.value} onChange={field.onChange} />}
          </Field>
        )}
      />
    </div>
  );
}

function BoundField({ name, label, hint }: { name: "startAt" | "endAt"; label: string; hint: string }) {
  return (
    <Controller<CreateExport, "startAt" | "endAt">
      name={name}
      render={({ field, fieldState }) => (
        <Field label={label} hint={hint} error={fieldState.error?.message}>
          {(control) => (
            <DateTimeField
              {...control}
              value={field.value}
              onChange={field.onChange}
              onBlur={field.onBlur}
              name={field.name}
            />
          )}
        </Field>
      )}
    />
  );
}

/** When the first run comes, as the form stands. */
function FirstRun() {
  const [schedule, startAt, endAt] = useWatch<CreateExport, ["schedule", "startAt", "endAt"]>({
    name: ["schedule", "startAt", "endAt"],
  });
  const now = useNow(30_000);
  return (
    <p aria-live="polite" className="flex gap-2.5 rounded-xl bg-sunken p-3">
      <CalendarClock className="mt-0.5 size-4 shrink-0 text-primary" aria-hidden />
      {firstRunWords({ schedule, startAt, endAt }, new Date(now))}
    </p>
  );
}
