import type { Operator, PropertyFilter } from "@/lib/fields/filters";
import { OPERATORS } from "@/lib/fields/operators";

export const OPERATOR_WORDS: Record<Operator, string> = {
  equals: "equals",
  not_equals: "does not equal",
  contains: "contains",
  not_contains: "does not contain",
  greater: "is greater than",
  greater_or_equal: "is at least",
  less: "is less than",
  less_or_equal: "is at most",
  is_set: "is set",
  is_not_set: "is not set",
};

/** A condition on one line: `properties plan equals “pro”`. */
export function filterWords({ column, key, operator, value }: PropertyFilter): string {
  const shown = { text: ` “${value}”`, number: ` ${value}`, none: "" }[OPERATORS[operator]];
  return `${column} ${key} ${OPERATOR_WORDS[operator]}${shown}`;
}
