import type { CreateExport, PreviewExport } from "@/lib/schemas/export";

export type PreviewInput = PreviewExport & { connectionId?: string };

/** The part of an export that a preview asks about. */
export const previewInput = (value: CreateExport): PreviewInput => ({
  model: value.model,
  connectionId: value.connectionId,
  destination: value.destination,
  columns: value.columns,
  filters: value.filters,
  schedule: value.schedule,
  startAt: value.startAt,
  endAt: value.endAt,
});
