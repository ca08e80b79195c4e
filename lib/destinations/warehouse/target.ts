import { ExportError } from "@/lib/errors";
import type { Window } from "@/lib/windows/types";
import type { TableGone } from "../types";
import type { WarehouseTable } from "./tables";

/** A table that an export fills. */
export interface Target {
  table: WarehouseTable;
  /** The name that users know. */
  bare: string;
  /** The full name, quoted for SQL. */
  name: string;
}

/** What an audit counts: one export's rows in a table, of windows that start in a range. */
export interface Counted {
  target: Target;
  exportId: string;
  range: Window;
}

export const tableGone = ({ bare }: Target): TableGone => ({ gone: `The table ${bare} no longer exists.` });

/** The failure of a run when an existing column can't take what is written. */
export const otherType = ({ bare }: Target, column: string, type: string, wanted: string) =>
  new ExportError({
    code: "schema_mismatch",
    message: `The column ${column} of ${bare} is ${type}, but must be ${wanted}.`,
    fix: `Change the column's type to ${wanted}, or choose another table in the export; then retry the run.`,
    retryable: false,
  });
