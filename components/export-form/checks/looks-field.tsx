"use client";

import { Controller, useFormContext } from "react-hook-form";
import { Checkbox } from "@/components/ui/checkbox";
import { FieldError } from "@/components/ui/field";
import { LOOK_WORDS } from "@/lib/client/check-words";
import { LOOK_NAMES } from "@/lib/fields/check-names";
import type { Look } from "@/lib/fields/checks";
import type { CreateExport } from "@/lib/schemas/export";

/** When the source is asked again after the commit. */
export function LooksField() {
  const { control } = useFormContext<CreateExport>();
  return (
    <Controller
      control={control}
      name="checks.source"
      render={({ field, fieldState }) => (
        <fieldset className="min-w-0">
          <legend className="mb-1.5 font-medium text-[0.8125rem]">Check the source again after the commit</legend>
          <div className="flex flex-wrap gap-x-5 gap-y-1">
            {LOOK_NAMES.map((look) => (
              // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is the control
              <label key={look} className="flex min-h-11 cursor-pointer items-center gap-2 sm:min-h-8">
                <Checkbox
                  checked={field.value.includes(look)}
                  onChange={(checked) => field.onChange(toggled(field.value, look, checked))}
                />
                {LOOK_WORDS[look]}
              </label>
            ))}
          </div>
          {fieldState.error && <FieldError message={fieldState.error.message ?? ""} />}
          <p className="mt-1 text-[0.8125rem] text-muted">
            Rows are counted each time, and fingerprinted after 1 day. Clear all to turn it off.
          </p>
        </fieldset>
      )}
    />
  );
}

const toggled = (looks: readonly Look[], look: Look, checked: boolean): Look[] =>
  LOOK_NAMES.filter((name) => (name === look ? checked : looks.includes(name)));
