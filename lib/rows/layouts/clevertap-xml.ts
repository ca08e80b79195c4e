import type { ColumnChoice } from "@/lib/fields/columns";
import { clevertapShape } from "../shapes/clevertap";
import type { Shape } from "../shapes/types";
import { events } from "../tables/events";
import type { SourceTable } from "../tables/types";
import type { ShapeOptions } from "./types";

/** XML events use CleverTap's schema in every layout; undefined for everything else. */
export const clevertapXml = (
  model: SourceTable,
  choices: readonly ColumnChoice[] | null,
  { format, fileSchema }: ShapeOptions,
): Shape | undefined =>
  format === "xml" && model.table === events.table
    ? clevertapShape(model, choices, { form: "xml", fileSchema })
    : undefined;
