"use client";

import { Controller } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { CreateExport } from "@/lib/schemas/export";

/** A share as a percentage, without the noise of binary fractions: 0.07 as 7. */
const asPercent = (share: number) => Number((share * 100).toFixed(4));
const asShare = (text: string) => (text === "" ? Number.NaN : Number((Number(text) / 100).toFixed(6)));

/** Which share of the audited files is read back. */
export function ShareField() {
  return (
    <Controller<CreateExport, "checks.deepShare">
      name="checks.deepShare"
      render={({ field, fieldState }) => (
        <Field
          label="Files read back, in percent"
          // The schema's own words are about the share.
          error={fieldState.error && "Must be between 0 and 100."}
          hint="Each audit also reads and hashes this share of the files."
        >
          {(control) => (
            <Input
              {...control}
              ref={field.ref}
              type="number"
              inputMode="decimal"
              min={0}
              max={100}
              step="any"
              value={Number.isNaN(field.value) ? "" : asPercent(field.value)}
              onChange={({ target }) => field.onChange(asShare(target.value))}
              onBlur={field.onBlur}
              name={field.name}
            />
          )}
        </Field>
      )}
    />
  );
}
