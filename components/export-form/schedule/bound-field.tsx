"use client";

import { Controller } from "react-hook-form";
import { DateTimeField } from "@/components/ui/date-time-field";
import { Field } from "@/components/ui/field";
import type { CreateExport } from "@/lib/schemas/export";

interface BoundProps {
  name: "startAt" | "endAt";
  label: string;
  hint?: string;
}

/** The start or end of an export's data. */
export function BoundField({ name, label, hint }: BoundProps) {
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
