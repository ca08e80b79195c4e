import { ExportError } from "@/lib/errors";
import type { WarehouseTable } from "./tables";

/** A table that an export fills. */
export interface Target {
  table: WarehouseTable;
  /** Its name as users know it. */
  bare: string;
  /** Its whole name as SQL has it. */
  name: string;
}

/** What a run ends with when a column that is there can't take what is written. */
export const otherType = ({ bare }: Target, column: string, type: string, wanted: string) =>
  new ExportError({
    code: "schema_mismatch",
    message: `The column ${column} of ${bare} is ${type}, but ${wanted} is needed.`,
    fix: `Change the column's type to ${wanted}, or let the export write another table; then retry the run.`,
    retryable: false,
  });
