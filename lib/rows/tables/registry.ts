import { events } from "./events";
import { mergedIds } from "./merged-ids";
import { persons } from "./persons";
import type { SourceTable } from "./types";

interface Exportable {
  label: string;
  /** What an export of it carries: one table, or several. */
  parts: readonly SourceTable[];
}

/** Everything that an export may carry, by API name. */
export const models = {
  events: { label: "Events", parts: [events] },
  persons: { label: "Persons", parts: [persons] },
  merged_ids: { label: "Merged IDs", parts: [mergedIds] },
  events_and_merged_ids: { label: "Events and merged IDs", parts: [events, mergedIds] },
} satisfies Record<string, Exportable>;

export type ModelName = keyof typeof models;

export const MODEL_NAMES = Object.keys(models) as [ModelName, ...ModelName[]];

/** The tables that an export of this model carries. */
export const tablesOfModel = (model: ModelName): readonly SourceTable[] => models[model].parts;
