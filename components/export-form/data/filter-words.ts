import type { Operator, PropertyFilter } from "@/lib/fields/filters";
import { OPERATORS } from "@/lib/fields/operators";

/** `greater or equal` for `greater_or_equal`. */
export const operatorWords = (operator: Operator): string => operator.replaceAll("_", " ");

/** A condition on one line: `properties plan equals “pro”`. */
export function filterWords({ column, key, operator, value }: PropertyFilter): string {
  const shown = { text: ` “${value}”`, number: ` ${value}`, none: "" }[OPERATORS[operator]];
  return `${column} ${key} ${operatorWords(operator)}${shown}`;
}
