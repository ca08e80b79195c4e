import { outlines, writesFiles } from "@/lib/destinations/outlines";
import { tableName } from "@/lib/destinations/warehouse/tables";
import { tablesOfModel } from "@/lib/rows/tables/registry";
import type { Export } from "@/lib/schemas/export";

/** Where an export writes, as tools spell it: a bucket with its key prefix, or the tables of a warehouse. */
export function writesTo({ place, model, destination }: Pick<Export, "place" | "model" | "destination">): string {
  if (writesFiles(destination)) return outlines[destination.type].url(place, destination.prefix);
  const names = tablesOfModel(model).map(({ table }) => `${place}.${tableName(destination.table, table)}`);
  return names.join(", ");
}
