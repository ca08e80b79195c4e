"use client";

import { useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";
import { SwitchField } from "@/components/ui/switch-field";
import { COMPRESSIONS, FORMAT_NAMES, formats, LEVELS } from "@/lib/rows/formats/registry";
import { type Choose, useReason } from "../form/use-follow";
import { type FilesExport, withFiles } from "./files-export";

export function FormatField({ choose }: { choose: Choose }) {
  const { watch, setValue } = useFormContext<FilesExport>();
  const reason = useReason();
  const { format, defuseFormulas } = watch("destination");
  const choices = FORMAT_NAMES.map((value) => ({
    value,
    label: formats[value].label,
    reason: reason("destination.format", (form) => withFiles(form, { format: value })),
  }));
  return (
    <>
      <RadioCards
        label="Format"
        choices={choices}
        value={format}
        onChange={(next) => choose((value) => withFiles(value, { format: next }))}
      />
      {format === "csv" && (
        <SwitchField
          label="Defuse formulas"
          hint="Adds an apostrophe to text that a spreadsheet would run as a formula, because it begins with =, +, -, @, or a tab. Other readers see the apostrophe too."
          checked={defuseFormulas}
          onChange={(next) => setValue("destination.defuseFormulas", next, { shouldDirty: true })}
          reason={reason("destination.defuseFormulas", (form) => withFiles(form, { defuseFormulas: true }))}
        />
      )}
    </>
  );
}

/** Compression and its level. */
export function CompressionFields({ choose }: { choose: Choose }) {
  const { watch, formState } = useFormContext<FilesExport>();
  const reason = useReason();
  const { compression } = watch("destination");
  const levels = LEVELS[compression];
  const options = COMPRESSIONS.map((value) => {
    const why = reason("destination.compression", (form) => withFiles(form, { compression: value }));
    return { value, label: value === "none" ? "None" : value, note: why ?? undefined, disabled: why !== null };
  });
  return (
    <div className={levels ? "grid grid-cols-[minmax(0,1fr)_7rem] gap-3" : ""}>
      <Field label="Compression" error={formState.errors.destination?.compression?.message}>
        {(control) => (
          <Select
            {...control}
            options={options}
            value={compression}
            onChange={(next) => choose((value) => withFiles(value, { compression: next }))}
          />
        )}
      </Field>
      {levels && <LevelField {...levels} />}
    </div>
  );
}

function LevelField({ min, max }: { min: number; max: number }) {
  const { register, formState } = useFormContext<FilesExport>();
  return (
    <Field
      label="Level"
      error={formState.errors.destination?.compressionLevel?.message}
      hint={`${min} to ${max}; the default is 3.`}
    >
      {(control) => (
        <Input
          {...control}
          type="number"
          inputMode="numeric"
          min={min}
          max={max}
          placeholder="3"
          {...register("destination.compressionLevel", {
            setValueAs: (value) => (value === "" || value === null ? null : Number(value)),
          })}
        />
      )}
    </Field>
  );
}
