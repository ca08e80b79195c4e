import { zodResolver } from "@hookform/resolvers/zod";
import type { Resolver } from "react-hook-form";
import { type CreateExport, createExportSchema, type Export } from "@/lib/schemas/export";

/** The schema fills in what is left out; the form holds everything from the start, so both of its types are the same. */
export const exportResolver = zodResolver(createExportSchema) as unknown as Resolver<CreateExport>;

export const newExport = (): CreateExport => ({
  name: "",
  model: "events",
  connectionId: "",
  destination: {
    type: "s3",
    prefix: "events/{year}/{month}/{day}/",
    layout: "template",
    format: "jsonl",
    compression: "gzip",
    maxFileSizeMb: 256,
    encryption: "none",
    kmsKeyId: null,
  },
  filters: { includeEvents: [], excludeEvents: [] },
  schedule: { every: "hour", timezone: "UTC", atHour: 0, atWeekday: 0 },
  startAt: null,
  endAt: null,
  paused: false,
  pauseAfterFailures: 3,
});

/** A stored export as the form holds it. */
export const asForm = (value: Export): CreateExport => ({
  name: value.name,
  model: value.model,
  connectionId: value.connectionId,
  destination: value.destination,
  filters: value.filters,
  schedule: value.schedule,
  startAt: value.startAt,
  endAt: value.endAt,
  paused: value.paused,
  pauseAfterFailures: value.pauseAfterFailures,
});
