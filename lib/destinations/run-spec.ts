import type { ColumnChoice } from "@/lib/fields/columns";
import type { FileSchema } from "@/lib/fields/file-schema";
import type { Filters } from "@/lib/fields/filters";
import type { ModelName } from "@/lib/rows/tables/registry";
import type { Settings } from "./settings";

/** The part of an export that determines its files. */
export interface RunSpec {
  model: ModelName;
  destination: Settings;
  columns: ColumnChoice[] | null;
  filters: Filters;
  /** Missing from versions with one file schema: then 1. */
  fileSchema?: FileSchema;
  /** Whether to export only the first row of an id; the source's setting when the run was planned. */
  oneRowPerId?: boolean;
}
