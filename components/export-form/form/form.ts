import type { Resolver } from "react-hook-form";
import { lazyResolver } from "@/lib/client/lazy-resolver";
import { DESTINATION_TYPES } from "@/lib/destinations/outlines";
import { DEFAULT_CHECKS } from "@/lib/fields/check-names";
import type { CreateExport, Export } from "@/lib/schemas/export";
import { usualSettings } from "./usual";

/** The schema fills in omitted values, but the form always holds all of them, so its input and output types match. */
export const exportResolver = lazyResolver(() =>
  import("./rules").then((it) => it.newExportRules),
) as unknown as Resolver<CreateExport>;

/** Validates changes to a stored export. */
export const changeResolver = (stored: Export) =>
  lazyResolver(() => import("./rules").then((it) => it.changeRulesOf(stored))) as unknown as Resolver<CreateExport>;

export const newExport = (): CreateExport => ({
  name: "",
  model: "events",
  connectionId: "",
  destination: usualSettings(DESTINATION_TYPES[0]),
  columns: null,
  filters: { includeEvents: [], excludeEvents: [], properties: [] },
  schedule: { every: "hour", timezone: "UTC", atHour: 0, atWeekday: 0 },
  startAt: null,
  endAt: null,
  paused: false,
  pauseAfterFailures: 3,
  settleSeconds: null,
  checks: DEFAULT_CHECKS,
});

/** A stored export as form values. */
export const asForm = (value: Export): CreateExport => ({
  name: value.name,
  model: value.model,
  connectionId: value.connectionId,
  destination: value.destination,
  columns: value.columns,
  filters: value.filters,
  schedule: value.schedule,
  startAt: value.startAt,
  endAt: value.endAt,
  paused: value.paused,
  pauseAfterFailures: value.pauseAfterFailures,
  settleSeconds: value.settleSeconds,
  checks: value.checks,
});

/** A stored export as the start of a new one, which is unpaused even if the original is paused. */
export const asCopy = (value: Export): CreateExport => ({
  ...asForm(value),
  name: `Copy of ${value.name}`.slice(0, 120),
  paused: false,
});
