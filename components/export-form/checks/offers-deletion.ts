import { writesFiles } from "@/lib/destinations/outlines";
import { layoutOf } from "@/lib/rows/layouts/registry";
import type { CreateExport } from "@/lib/schemas/export";

/** Whether the readers of an export's layout usually delete what they have loaded. */
export const offersDeletion = (destination: CreateExport["destination"]): boolean =>
  writesFiles(destination) && layoutOf(destination.layout).readersDelete === true;
