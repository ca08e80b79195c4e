import type { FieldSpec } from "@/lib/destinations/fields";

type Values = Readonly<Record<string, unknown>>;

/** Whether a field applies, given the other values. */
export const isVisible = ({ when }: FieldSpec, values: Values): boolean =>
  when === undefined || when.values.includes(String(values[when.field]));

/** A field's value in words; options by their label. */
export function valueWords({ kind, options }: FieldSpec, value: unknown): string {
  if (value === null || value === undefined || value === "") return "None";
  if (kind === "switch") return value ? "Yes" : "No";
  return options?.find((option) => option.value === value)?.label ?? String(value);
}
