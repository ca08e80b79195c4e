"use client";

import { useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { tablesOfModel } from "@/lib/rows/tables/registry";
import type { CreateExport } from "@/lib/schemas/export";
import { ColumnsSection } from "./columns-section";
import { EventPickers } from "./event-picker";
import { ModelField } from "./model-field";
import { PropertyFilters } from "./property-filters";

interface DataProps {
  projectId: string;
  /** Whether the export is already saved. */
  fixedModel?: boolean;
}

/** What to export: name, model, rows, and columns. */
export function DataFields({ projectId, fixedModel = false }: DataProps) {
  const { register, watch, formState } = useFormContext<CreateExport>();
  const parts = tablesOfModel(watch("model"));
  return (
    <div className="flex flex-col gap-5">
      <Field label="Export name" error={formState.errors.name?.message}>
        {(control) => <Input {...control} placeholder="Events to the data lake" {...register("name")} />}
      </Field>
      <ModelField fixed={fixedModel} />
      {parts.some(({ eventColumn }) => eventColumn !== null) && <EventPickers projectId={projectId} />}
      {parts.some(({ propertyColumns }) => propertyColumns.length > 0) && <PropertyFilters />}
      <ColumnsSection />
    </div>
  );
}
