"use client";

import { Controller, useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { AUDIT_WORDS } from "@/lib/client/check-words";
import { AUDITS } from "@/lib/fields/check-names";
import type { CreateExport } from "@/lib/schemas/export";
import { ShareField } from "./share-field";

const OPTIONS = AUDITS.map((value) => ({ value, label: AUDIT_WORDS[value] }));

const HINTS = {
  files: "Compares the stored files with the receipts.",
  tables: "Counts each window’s rows in the warehouse and compares them with its receipt.",
};

/** How often the destination is audited, and how thoroughly. */
export function AuditFields({ kind }: { kind: "files" | "tables" }) {
  const { watch, formState } = useFormContext<CreateExport>();
  const { checks: errors } = formState.errors;
  // A field with an error stays, so that it can be corrected.
  const isShown = watch("checks.destination") !== "off" || errors?.destinationDays || errors?.deepShare;
  return (
    <div className="grid gap-5 sm:grid-cols-3">
      <Controller<CreateExport, "checks.destination">
        name="checks.destination"
        render={({ field, fieldState }) => (
          <Field label="Audit the destination" hint={HINTS[kind]} error={fieldState.error?.message}>
            {(control) => <Select {...control} options={OPTIONS} value={field.value} onChange={field.onChange} />}
          </Field>
        )}
      />
      {isShown && <DaysField />}
      {isShown && kind === "files" && <ShareField />}
    </div>
  );
}

function DaysField() {
  const { register, formState } = useFormContext<CreateExport>();
  return (
    <Field
      label="Days back"
      error={formState.errors.checks?.destinationDays?.message}
      hint="Windows committed earlier aren’t audited."
    >
      {(control) => (
        <Input
          {...control}
          type="number"
          inputMode="numeric"
          min={1}
          max={3650}
          {...register("checks.destinationDays", { valueAsNumber: true })}
        />
      )}
    </Field>
  );
}
