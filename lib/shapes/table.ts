import type { Model } from "../models/types";
import type { ColumnChoice } from "../schemas/columns";
import { chosenColumns } from "./columns";
import type { Shape } from "./types";

/** A row as the source's table has it, or what of it the export has chosen. */
export const tableShape = (model: Model, choices: readonly ColumnChoice[] | null): Shape => ({
  record: model.record,
  fields: chosenColumns(model, choices).map(({ name, kind, sql }) => ({ name, kind, sql })),
});
