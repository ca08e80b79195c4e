import { z } from "zod";
import { OPERATORS, type Operator } from "./operators";

export * from "./operators";

/** Maximum bytes of a list in a query's URL. ClickHouse limits a value to 128 KiB (http_max_field_value_size). */
const MOST_BYTES = 128_000;

/** A text's quotes and comma, percent-encoded. */
const BESIDE = "%27%27%2C".length;

const shown = (count: number) => count.toLocaleString("en-US");

/** Bytes of a text in a URL: escapes quotes, backslashes, tabs, and line breaks, and percent-encodes most of it. */
const sentBytes = (text: string) =>
  new URLSearchParams([["", text.replace(/['\\\t\r\n]/g, "\\$&")]]).toString().length - 1 + BESIDE;

/** Refuses texts that don't fit in one query. */
function fitsQuery(texts: readonly string[], what: string, ctx: z.RefinementCtx): void {
  const bytes = texts.reduce((sum, text) => sum + sentBytes(text), 0);
  const message = `The ${what} take ${shown(bytes)} bytes in a query. The limit is ${shown(MOST_BYTES)}: remove some.`;
  if (bytes > MOST_BYTES) ctx.addIssue({ code: "custom", message });
}

/** ClickHouse stores event names unchanged, so only emptiness and length are checked. */
const eventNames = z
  .array(z.string().min(1, "Enter an event name.").max(1000))
  .max(1000)
  .superRefine((names, ctx) => fitsQuery(names, "names", ctx));

const OPERATOR_NAMES = Object.keys(OPERATORS) as [Operator, ...Operator[]];

/** A number as ClickHouse parses it: no blanks, no hexadecimal. */
const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** Whether a JSON number keeps the digits that were sent: a double holds fifteen. */
const keepsDigits = (value: number) =>
  Number.isSafeInteger(value) ||
  (Number.isFinite(value) && String(Math.abs(value)).replace(/e.*|\D/g, "").length <= 15);

export const propertyFilterSchema = z
  .object({
    column: z.enum(["properties", "person_properties"], { error: "Must be properties or person_properties." }),
    key: z.string().min(1, "Enter a property.").max(500),
    operator: z.enum(OPERATOR_NAMES, { error: `Must be one of: ${OPERATOR_NAMES.join(", ")}.` }),
    /** Text for equals and contains, a number for greater and less, null for is_set. */
    value: z
      .union([z.string().max(2000), z.number()])
      .nullable()
      .default(null),
  })
  .superRefine(({ operator, value }, ctx) => {
    const issue = (message: string) => ctx.addIssue({ code: "custom", path: ["value"], message });
    const wanted = OPERATORS[operator];
    if (wanted === "none" && value !== null) issue(`Must be left out with the operator ${operator}.`);
    if (wanted !== "none" && value === null) issue("Enter a value.");
    if (typeof value === "number" && !keepsDigits(value))
      issue("Send a number this long as a string, so that no digit is lost.");
    if (wanted === "number" && value !== null && !NUMBER.test(String(value)))
      issue(`Must be a number with the operator ${operator}.`);
  });

const texts = ({ key, value }: PropertyFilter) => [key, String(value ?? "")];

const propertyFiltersSchema = z
  .array(propertyFilterSchema)
  .max(50)
  .superRefine((filters, ctx) => fitsQuery(filters.flatMap(texts), "keys and values", ctx));

/** Every condition must hold. A missing property equals nothing and is greater or less than nothing. */
export const filtersSchema = z
  .object({
    includeEvents: eventNames.default([]),
    excludeEvents: eventNames.default([]),
    properties: propertyFiltersSchema.default([]),
  })
  .superRefine((value, ctx) => {
    const both = value.includeEvents.filter((name) => value.excludeEvents.includes(name));
    if (both.length > 0)
      ctx.addIssue({
        code: "custom",
        path: ["excludeEvents"],
        message: `“${both[0]}” is also in the events to include.`,
      });
  });

export const NO_FILTERS: Filters = { includeEvents: [], excludeEvents: [], properties: [] };

export type PropertyFilter = z.infer<typeof propertyFilterSchema>;
export type Filters = z.infer<typeof filtersSchema>;
