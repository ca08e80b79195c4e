"use client";

import { ListFilterPlus } from "lucide-react";
import { useFormContext } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import type { PropertyFilter } from "@/lib/fields/filters";
import { tablesOfModel } from "@/lib/rows/tables/registry";
import type { CreateExport } from "@/lib/schemas/export";
import { PropertyFilterRow } from "./property-filter-row";

/** Conditions on properties; a row must meet all of them. */
export function PropertyFilters() {
  const { watch, setValue, formState } = useFormContext<CreateExport>();
  const [model, filters] = [watch("model"), watch("filters.properties")];
  const columns = [...new Set(tablesOfModel(model).flatMap(({ propertyColumns }) => propertyColumns))];
  const errors = formState.errors.filters?.properties;
  const put = (next: PropertyFilter[]) =>
    setValue("filters.properties", next, { shouldDirty: true, shouldValidate: errors !== undefined });
  const add = () => {
    const column = columns[0] as PropertyFilter["column"];
    put([...filters, { column, key: "", operator: "equals", value: "" }]);
  };
  return (
    <section aria-label="Conditions on properties" className="flex flex-col gap-2.5">
      <div>
        <h3 className="font-medium text-[0.8125rem]">Conditions on properties</h3>
        <p className="text-[0.8125rem] text-muted">
          {filters.length === 0
            ? "None. Rows are exported regardless of their properties."
            : "Only rows that meet all conditions are exported. A missing property doesn’t equal any value."}
        </p>
      </div>
      {filters.map((filter, index) => (
        <PropertyFilterRow
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity, and every field is controlled
          key={index}
          number={index + 1}
          filter={filter}
          columns={columns}
          error={errors?.[index]}
          onChange={(next) => put(filters.map((it, at) => (at === index ? next : it)))}
          onRemove={() => put(filters.filter((_, at) => at !== index))}
        />
      ))}
      {errors?.root?.message && <FieldError message={errors.root.message} />}
      <Button size="sm" className="self-start" onClick={add}>
        <ListFilterPlus aria-hidden /> Add condition
      </Button>
    </section>
  );
}
