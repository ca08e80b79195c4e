import type { ColumnChoice } from "@/lib/fields/columns";
import type { FileSchema } from "@/lib/fields/file-schema";
import type { SourceTable } from "../tables/types";
import { besidePath } from "./beside-path";
import { chosenColumns } from "./columns";
import type { Shape } from "./types";
import { wholeNumber } from "./whole-number";

interface TableOptions {
  fileSchema: FileSchema;
  /** Columns that readers derive from folder names, lowercase. */
  path: readonly string[];
}

/** A row of the source's table, or the columns that the export chose. */
export function tableShape(
  model: SourceTable,
  choices: readonly ColumnChoice[] | null,
  { fileSchema, path }: TableOptions,
): Shape {
  const columns = chosenColumns(model, choices);
  if (fileSchema === 1)
    return { record: model.record, fields: columns.map(({ name, kind, sql }) => ({ name, kind, sql })) };
  const fields = columns.map(({ name, kind, sql, unsigned }) => ({
    ...{ name: besidePath(name, path), kind, sql },
    ...(kind === "int" && wholeNumber(unsigned)),
  }));
  return { record: model.record, fields };
}
