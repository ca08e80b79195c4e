"use client";

import { Controller } from "react-hook-form";
import { FieldError } from "@/components/ui/field";
import { RadioCards } from "@/components/ui/radio-cards";
import { LATE_WORDS } from "@/lib/client/check-words";
import { ON_LATE } from "@/lib/fields/check-names";
import type { CreateExport } from "@/lib/schemas/export";

const CHOICES = ON_LATE.map((value) => ({ value, ...LATE_WORDS[value] }));

/** What happens if rows arrive after a window was committed. */
export function LateField() {
  return (
    <Controller<CreateExport, "checks.onLate">
      name="checks.onLate"
      render={({ field, fieldState }) => (
        <div className="flex flex-col gap-1.5">
          <RadioCards
            label="If rows arrive late"
            choices={CHOICES}
            value={field.value}
            onChange={field.onChange}
            className="sm:grid-cols-3"
          />
          {fieldState.error?.message && <FieldError message={fieldState.error.message} />}
        </div>
      )}
    />
  );
}
