"use client";

import { useFormContext } from "react-hook-form";
import { Disclosure } from "@/components/ui/disclosure";
import { FieldError } from "@/components/ui/field";
import { RadioCards } from "@/components/ui/radio-cards";
import { plural } from "@/lib/client/format";
import type { CreateExport } from "@/lib/schemas/export";
import { allColumns } from "./column-rows";
import { ColumnsTable } from "./columns-table";

const CHOICES = [
  { value: "all", label: "All columns, unchanged", note: "Every column, in its original order." },
  { value: "some", label: "Choose columns", note: "Leave some out, rename them, or hash personal data." },
] as const;

/** Which columns go into the files; most exports include all. */
export function ColumnsSection() {
  const { watch, setValue, formState } = useFormContext<CreateExport>();
  const [model, columns] = [watch("model"), watch("columns")];
  const error = formState.errors.columns;
  const put = (next: CreateExport["columns"]) =>
    setValue("columns", next, { shouldDirty: true, shouldValidate: error !== undefined });
  const hashed = columns?.filter(({ hash }) => hash).length ?? 0;
  const summary = columns
    ? [plural(columns.length, "column"), hashed > 0 && `${hashed} hashed`].filter(Boolean).join(", ")
    : "All, unchanged";
  return (
    <Disclosure title="Columns" summary={summary} initiallyOpen={columns !== null}>
      <div className="flex flex-col gap-4">
        <RadioCards
          label="Columns in the files"
          choices={CHOICES}
          value={columns ? "some" : "all"}
          onChange={(next) => put(next === "all" ? null : allColumns(model))}
        />
        {columns && <ColumnsTable key={model} model={model} columns={columns} onChange={put} />}
        {error?.message && <FieldError message={error.message} />}
      </div>
    </Disclosure>
  );
}
