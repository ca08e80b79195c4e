import type { ColumnChoice } from "@/lib/fields/columns";
import type { FileSchema } from "@/lib/fields/file-schema";
import type { Filters } from "@/lib/fields/filters";
import type { ModelName } from "@/lib/rows/tables/registry";
import type { Settings } from "./settings";

/** The part of an export that decides what its files are. */
export interface RunSpec {
  model: ModelName;
  destination: Settings;
  columns: ColumnChoice[] | null;
  filters: Filters;
  /** Left out by versions that had one file schema: it is 1. */
  fileSchema?: FileSchema;
  /** Whether only the first row of an id is exported; the source's setting when the run was planned. */
  oneRowPerId?: boolean;
}
