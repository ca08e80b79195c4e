"use client";

import { useFormContext } from "react-hook-form";
import { Button } from "@/components/ui/button";
import type { CreateExport } from "@/lib/schemas/export";
import { BoundField } from "./bound-field";
import { lastDays, QUICK_DAYS, type Range } from "./once-range";

const ALL: Range = { startAt: null, endAt: null };

/** The range of a one-time export. */
export function OnceFields() {
  const { watch, setValue } = useFormContext<CreateExport>();
  const profiles = watch("model") === "persons";
  const all = watch("startAt") === null && watch("endAt") === null;
  const put = ({ startAt, endAt }: Range) => {
    setValue("startAt", startAt, { shouldDirty: true });
    setValue("endAt", endAt, { shouldDirty: true, shouldValidate: true });
  };
  return (
    <div className="flex flex-col gap-4">
      <fieldset className="flex flex-wrap gap-1.5">
        <legend className="mb-1.5 font-medium text-[0.8125rem]">Range</legend>
        {profiles && (
          <Button
            size="sm"
            aria-pressed={all}
            className="aria-pressed:border-primary aria-pressed:bg-primary-soft"
            onClick={() => put(ALL)}
          >
            All profiles
          </Button>
        )}
        {QUICK_DAYS.map((days) => (
          <Button key={days} size="sm" onClick={() => put(lastDays(days, Date.now()))}>
            {days === 1 ? "Last day" : `Last ${days} days`}
          </Button>
        ))}
      </fieldset>
      <div className="grid gap-5 sm:grid-cols-2">
        <BoundField
          name="startAt"
          label="From, UTC (optional)"
          hint={
            profiles ? "If empty, all profiles are exported." : "If empty, it starts with the first row that arrived."
          }
        />
        <BoundField name="endAt" label="To, UTC (optional)" hint="If empty, it ends with the minute you create it." />
      </div>
    </div>
  );
}
