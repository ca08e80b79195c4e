import { z } from "zod";

/** ClickHouse stores event names as they came, so nothing but emptiness and length is refused. */
const eventNames = z.array(z.string().min(1, "must not be empty").max(1000)).max(1000);

/** What a property is compared by, and what with. */
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
const OPERATOR_NAMES = Object.keys(OPERATORS) as [Operator, ...Operator[]];

/** A number as ClickHouse reads one: no blanks, no hexadecimal digits. */
const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

export const propertyFilterSchema = z
  .object({
    column: z.enum(["properties", "person_properties"], { error: "must be properties or person_properties" }),
    key: z.string().min(1, "is required").max(500),
    operator: z.enum(OPERATOR_NAMES, { error: `must be one of ${OPERATOR_NAMES.join(", ")}` }),
    /** Text for equals and contains, a number for greater and less, null for is_set. */
    value: z
      .union([z.string().max(2000), z.number()])
      .nullable()
      .default(null),
  })
  .superRefine(({ operator, value }, ctx) => {
    const issue = (message: string) => ctx.addIssue({ code: "custom", path: ["value"], message });
    const wanted = OPERATORS[operator];
    if (wanted === "none" && value !== null) issue(`must be left out with ${operator}`);
    if (wanted !== "none" && value === null) issue("is required");
    if (wanted === "number" && value !== null && !NUMBER.test(String(value)))
      issue(`must be a number with ${operator}`);
  });

/** Every condition must hold. A property that is missing equals nothing, and is greater and less than nothing. */
export const filtersSchema = z
  .object({
    includeEvents: eventNames.default([]),
    excludeEvents: eventNames.default([]),
    properties: z.array(propertyFilterSchema).max(50).default([]),
  })
  .superRefine((value, ctx) => {
    const both = value.includeEvents.filter((name) => value.excludeEvents.includes(name));
    if (both.length > 0)
      ctx.addIssue({ code: "custom", path: ["excludeEvents"], message: `also stand in includeEvents: ${both[0]}` });
  });

export const NO_FILTERS: Filters = { includeEvents: [], excludeEvents: [], properties: [] };

export type PropertyFilter = z.infer<typeof propertyFilterSchema>;
export type Filters = z.infer<typeof filtersSchema>;
