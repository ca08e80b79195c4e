import { encode } from "@/lib/rows/formats/encoding";
import type { Compression, Format } from "@/lib/rows/formats/types";
import { atWith, type Problem } from "@/lib/rows/problem";
import type { ModelName } from "@/lib/rows/tables/registry";
import type { Writing } from "../writing-types";
import type { WarehouseSettings } from "./settings";
import { type Carried, warehouseShape } from "./shape";
import { warehouseTable, warehouseTables } from "./tables";

/** How a warehouse ingests files. */
export interface Intake<S> extends Pick<Carried, "replacesNul"> {
  /** Limits of its JSON; undefined if the settings keep JSON as text. */
  json(settings: S): Carried["json"];
  format: Format;
  formatName: string;
  compression: Compression;
  /** The largest file, in bytes: what a warehouse loads well at once. */
  maxFileBytes: number;
}

const twoTables = (model: ModelName, { table }: WarehouseSettings): Problem[] =>
  warehouseTables(model).length > 1 && !table.includes("{table_name}")
    ? [
        atWith(
          "destination.table",
          `${table}_{table_name}`,
          "Must contain {table_name}: the export writes several tables.",
        ),
      ]
    : [];

/** What an export to a warehouse writes: files that are loaded into its tables, then removed. */
export function warehouseWriting<S extends WarehouseSettings>(intake: Intake<S>): Writing<S> {
  const { format, compression } = intake;
  return {
    tables: (model) => warehouseTables(model).map((table) => table.model),
    encoding: ({ table }, settings, columns) => {
      const carried = { replacesNul: intake.replacesNul, json: intake.json(settings) };
      const { shape, replaced, replacements } = warehouseShape(warehouseTable(table), columns, carried);
      const inside = format.compressesInside ? compression : "none";
      return encode({ shape, format, codec: "none", inside, level: null, replaced, replacements });
    },
    // A table's columns have fixed names.
    hasFixedShape: () => true,
    // Files are named after their run, and each attempt makes its stage anew.
    renamedKey: () => null,
    split: () => ({ hours: false, events: false, size: true }),
    maxFileBytes: () => intake.maxFileBytes,
    fileKey: ({ runId }, { table }, { index }) => `${runId}/${table}-${index}.${format.extension}`,
    manifestKey: () => null,
    markerKeys: () => [],
    problems: ({ model, destination }) => twoTables(model, destination),
    pathColumns: () => [],
    // Files are removed once their rows are in the tables.
    fileSchemaChanges: () => [],
    // Rows of several exports share one table, distinguished by _export_id.
    keys: () => null,
    traceOf: () => null,
    words: () => ({ format: intake.formatName, compression }),
  };
}
