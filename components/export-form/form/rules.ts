import type { z } from "zod";
import type { PropertyFilter } from "@/lib/fields/filters";
import { type CreateExport, changedExportSchema, createExportSchema, type Export } from "@/lib/schemas/export";

const NO_CONDITIONS: readonly PropertyFilter[] = [];

/** Refuses a condition whose value was left empty, unless it is stored: to the API, an empty text is a value too. */
const withValues =
  (stored = NO_CONDITIONS) =>
  ({ filters }: CreateExport, ctx: z.RefinementCtx) => {
    const kept = new Set(stored.map((filter) => JSON.stringify(filter)));
    for (const [index, filter] of filters.properties.entries())
      if (filter.value === "" && !kept.has(JSON.stringify(filter)))
        ctx.addIssue({ code: "custom", path: ["filters", "properties", index, "value"], message: "Enter a value." });
  };

export const newExportRules = createExportSchema.superRefine(withValues());

/** The rules of changes to a stored export. */
export const changeRulesOf = (stored: Export) =>
  changedExportSchema(stored).superRefine(withValues(stored.filters.properties));
