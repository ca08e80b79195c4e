"use client";

import dynamic from "next/dynamic";
import { Controller, useFormContext } from "react-hook-form";
import { SettleField } from "@/components/spec-fields/settle-field";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { CreateExport, Export } from "@/lib/schemas/export";
import { BoundField } from "./bound-field";
import { FirstRun } from "./first-run-note";
import { PeriodField } from "./period-field";

const OnceFields = dynamic(() => import("./once-fields").then((it) => it.OnceFields));

const CalendarFields = dynamic(() => import("./calendar-fields").then((it) => it.CalendarFields));

/** When the export runs and between which dates; `stored` is the saved export. */
export function ScheduleFields({ stored }: { stored?: Export }) {
  const { watch } = useFormContext<CreateExport>();
  const every = watch("schedule.every");
  return (
    <div className="flex flex-col gap-5">
      <PeriodField stored={stored} />
      {(every === "day" || every === "week") && <CalendarFields weekly={every === "week"} />}
      {every === "once" ? (
        <OnceFields />
      ) : (
        <div className="grid gap-5 sm:grid-cols-2">
          <BoundField
            name="startAt"
            label="Start, UTC (optional)"
            hint="Rows that arrived before it aren’t exported."
          />
          <BoundField
            name="endAt"
            label="End, UTC (optional)"
            hint="Nothing after it is exported, not even by a historic export."
          />
        </div>
      )}
      {every !== "once" && <PauseField />}
      <ExportSettleField />
      <FirstRun stored={stored} />
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
      hint="The export pauses and sends an alert after this many windows in a row fail permanently. 0 never pauses. Windows of historic exports aren’t counted."
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

function ExportSettleField() {
  const { control } = useFormContext<CreateExport>();
  return (
    <Controller
      control={control}
      name="settleSeconds"
      render={({ field, fieldState }) => (
        <SettleField
          value={field.value}
          onChange={field.onChange}
          fallback={null}
          error={fieldState.error?.message}
          hint="How long each run waits after its window’s end for rows to arrive. If empty, the source’s setting applies."
        />
      )}
    />
  );
}
