/** Operators on a property, with their operand types. */
export const OPERATORS = {
  equals: "text",
  not_equals: "text",
  contains: "text",
  not_contains: "text",
  greater: "number",
  greater_or_equal: "number",
  less: "number",
  less_or_equal: "number",
  is_set: "none",
  is_not_set: "none",
} as const;

export type Operator = keyof typeof OPERATORS;
