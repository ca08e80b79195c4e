import type { FieldPath } from "react-hook-form";
import { type DestinationType, kindOf } from "@/lib/destinations/catalog";
import type { CreateExport } from "@/lib/schemas/export";

/** The steps of the wizard, and which fields must be right before the next one. */
export const STEPS = [
  { id: "data", label: "Data", fields: ["name", "model", "filters", "columns"] },
  { id: "destination", label: "Destination", fields: ["connectionId"] },
  { id: "files", label: "Files", fields: ["destination"] },
  {
    id: "schedule",
    label: "Schedule",
    fields: ["schedule", "startAt", "endAt", "pauseAfterFailures", "settleSeconds"],
  },
  { id: "review", label: "Review", fields: [] },
] as const satisfies readonly { id: string; label: string; fields: readonly FieldPath<CreateExport>[] }[];

/** What a step is called for a kind of destination: a warehouse has tables, no files. */
export const stepLabel = ({ id, label }: (typeof STEPS)[number], type: DestinationType): string =>
  id === "files" && kindOf(type) === "tables" ? "Table" : label;

/** The step that a field stands on; the first one for a field of none. */
export const stepOf = (path: string): number =>
  Math.max(
    0,
    STEPS.findIndex(({ fields }) => fields.some((field) => path === field || path.startsWith(`${field}.`))),
  );
