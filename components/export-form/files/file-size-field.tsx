"use client";

import { useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { layoutOf } from "@/lib/rows/layouts/registry";
import type { FilesExport } from "./files-export";

const MOST = 5120;

/** The maximum file size in the bucket. */
export function FileSizeField() {
  const { register, watch, formState } = useFormContext<FilesExport>();
  const prescribed = layoutOf(watch("destination.layout")).maxFileSizeMb;
  const limit = prescribed ? ` This layout allows at most ${prescribed} MB.` : "";
  return (
    <Field
      label="Largest file, in MB"
      error={formState.errors.destination?.maxFileSizeMb?.message}
      hint={`The compressed size in the bucket. Larger batches are split into several files, never within a row.${limit}`}
    >
      {(control) => (
        <Input
          {...control}
          type="number"
          inputMode="numeric"
          min={1}
          max={prescribed ?? MOST}
          {...register("destination.maxFileSizeMb", { valueAsNumber: true })}
        />
      )}
    </Field>
  );
}
