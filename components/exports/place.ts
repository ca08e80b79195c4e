import { partsOf } from "@/lib/models/registry";
import type { Export } from "@/lib/schemas/export";
import { tableName } from "@/lib/warehouse/tables";

/** Where an export writes, as tools write it: a bucket with its key prefix, or the tables of a warehouse. */
export function writesTo({ place, model, destination }: Pick<Export, "place" | "model" | "destination">): string {
  if (destination.type === "s3") return `s3://${place}/${destination.prefix}`;
  const names = partsOf(model).map(({ table }) => `${place}.${tableName(destination.table, table)}`);
  return names.join(", ");
}
