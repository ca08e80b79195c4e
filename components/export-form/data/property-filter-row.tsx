"use client";

import { X } from "lucide-react";
import type { FieldErrors } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { PropertyFilter } from "@/lib/fields/filters";
import { OPERATORS, type Operator } from "@/lib/fields/operators";
import { OPERATOR_WORDS } from "./filter-words";

interface RowProps {
  number: number;
  filter: PropertyFilter;
  columns: readonly string[];
  error: FieldErrors<PropertyFilter> | undefined;
  onChange: (filter: PropertyFilter) => void;
  onRemove: () => void;
}

const OPERATOR_OPTIONS = (Object.keys(OPERATORS) as Operator[]).map((value) => ({
  value,
  label: OPERATOR_WORDS[value],
}));

/** Converts the previous value to one that the operator takes. */
const valueFor = (operator: Operator, value: PropertyFilter["value"]): PropertyFilter["value"] =>
  OPERATORS[operator] === "none" ? null : String(value ?? "");

/** One condition: property, operator, and value. */
export function PropertyFilterRow({ number, filter, columns, error, onChange, onRemove }: RowProps) {
  const set = (changes: Partial<PropertyFilter>) => onChange({ ...filter, ...changes });
  const wanted = OPERATORS[filter.operator];
  const options = columns.map((value) => ({ value: value as PropertyFilter["column"], label: value }));
  return (
    <fieldset className="relative min-w-0 rounded-xl border border-border p-3 pr-12">
      <legend className="sr-only">Condition {number}</legend>
      <div className="grid gap-x-2 gap-y-3 sm:grid-cols-2 lg:grid-cols-4">
        <Field label="Column" error={error?.column?.message}>
          {(control) => (
            <Select {...control} options={options} value={filter.column} onChange={(column) => set({ column })} />
          )}
        </Field>
        <Field label="Property" error={error?.key?.message}>
          {(control) => (
            <Input
              {...control}
              value={filter.key}
              placeholder="plan"
              onChange={(event) => set({ key: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field label="Comparison">
          {({ id }) => (
            <Select
              id={id}
              options={OPERATOR_OPTIONS}
              value={filter.operator}
              onChange={(operator) => set({ operator, value: valueFor(operator, filter.value) })}
            />
          )}
        </Field>
        {wanted !== "none" && (
          <Field label="Value" error={error?.value?.message?.replace(` with the operator ${filter.operator}`, "")}>
            {(control) => (
              <Input
                {...control}
                inputMode={wanted === "number" ? "decimal" : "text"}
                value={String(filter.value ?? "")}
                onChange={(event) => set({ value: event.currentTarget.value })}
              />
            )}
          </Field>
        )}
      </div>
      <Button
        variant="ghost"
        size="icon"
        className="absolute top-1 right-1"
        aria-label={`Remove condition ${number}`}
        onClick={onRemove}
      >
        <X className="text-muted" aria-hidden />
      </Button>
    </fieldset>
  );
}
