import type { FieldSpec } from "@/lib/destinations/fields";

type Values = Readonly<Record<string, unknown>>;

/** Whether a field is asked for while the others are as they are. */
export const isVisible = ({ when }: FieldSpec, values: Values): boolean =>
  when === undefined || when.values.includes(String(values[when.field]));

/** What stands in a field, in words: an option by its label. */
export function valueWords({ kind, options }: FieldSpec, value: unknown): string {
  if (value === null || value === undefined || value === "") return "None";
  if (kind === "switch") return value ? "Yes" : "No";
  return options?.find((option) => option.value === value)?.label ?? String(value);
}
