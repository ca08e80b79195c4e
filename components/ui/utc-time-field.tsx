"use client";

import { type Control, Controller, type FieldPathByValue, type FieldValues } from "react-hook-form";
import { DateTimeField } from "./date-time-field";
import { Field } from "./field";

interface UtcTimeFieldProps<T extends FieldValues> {
  control: Control<T>;
  name: FieldPathByValue<T, string>;
  label: string;
}

/** A form's date and time in UTC, with its label and error. */
export function UtcTimeField<T extends FieldValues>({ control, name, label }: UtcTimeFieldProps<T>) {
  return (
    <Controller
      control={control}
      name={name}
      render={({ field, fieldState }) => (
        <Field label={`${label} (UTC)`} error={fieldState.error?.message}>
          {(props) => (
            <DateTimeField
              {...props}
              value={field.value || null}
              onChange={(next) => field.onChange(next ?? "")}
              onBlur={field.onBlur}
              name={field.name}
            />
          )}
        </Field>
      )}
    />
  );
}
