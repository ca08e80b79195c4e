import type { Input } from "@/lib/openapi/client";
import type { CreateExport } from "@/lib/schemas/export";

/** The part of an export that a preview needs. */
export const previewInput = (value: CreateExport): Input<"previewExport">["body"] => ({
  model: value.model,
  connectionId: value.connectionId,
  destination: value.destination,
  columns: value.columns,
  filters: value.filters,
  schedule: value.schedule,
  startAt: value.startAt,
  endAt: value.endAt,
});
