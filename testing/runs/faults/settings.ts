import { patchConnection } from "@/lib/services/connections/patch";
import { patchExport } from "@/lib/services/exports/patch";
import type { S3Cell } from "./s3-cell";

/** Each changes one setting, as a person does by the API. */
export const S3_SETTINGS: Record<string, (cell: S3Cell) => Promise<unknown>> = {
  prefix: ({ project, exported, n }) =>
    patchExport(project.actor, {
      id: exported.id,
      destination: { ...exported.destination, prefix: `cell-${n}/c/` },
    }),
  bucket: (cell) => {
    // The first bucket's objects are now out of reach.
    cell.leftovers = true;
    return patchConnection(cell.project.actor, { id: cell.connectionId, config: { bucket: cell.world.other.name } });
  },
  secret: ({ project, connectionId, world }) =>
    patchConnection(project.actor, { id: connectionId, config: { ...world.user } }),
  schedule: ({ project, exported }) =>
    patchExport(project.actor, {
      id: exported.id,
      schedule: { every: "day", timezone: "Europe/Berlin", atHour: 2, atWeekday: 0 },
    }),
  filters: ({ project, exported }) =>
    patchExport(project.actor, {
      id: exported.id,
      filters: { includeEvents: [], excludeEvents: ["an event that nobody sends"], properties: [] },
    }),
  format: ({ project, exported: { id, destination } }) =>
    patchExport(project.actor, {
      id,
      // Amplitude's layout has one format, but allows another file size.
      destination:
        destination.layout === "amplitude" ? { ...destination, maxFileSizeMb: 1 } : { ...destination, format: "csv" },
    }),
};
