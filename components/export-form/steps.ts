import type { FieldPath } from "react-hook-form";
import { type DestinationType, kindOf } from "@/lib/destinations/outlines";
import type { CreateExport } from "@/lib/schemas/export";

/** The steps of the wizard, and the fields that each must validate first. */
export const STEPS = [
  { id: "data", label: "Data", fields: ["name", "model", "filters", "columns"] },
  { id: "destination", label: "Destination", fields: ["connectionId"] },
  { id: "files", label: "Files", fields: ["destination"] },
  {
    id: "schedule",
    label: "Schedule",
    fields: ["schedule", "startAt", "endAt", "pauseAfterFailures", "settleSeconds", "checks"],
  },
  { id: "review", label: "Review", fields: [] },
] as const satisfies readonly { id: string; label: string; fields: readonly FieldPath<CreateExport>[] }[];

/** The label of a step for a destination type: warehouses have tables, not files. */
export const stepLabel = ({ id, label }: (typeof STEPS)[number], type: DestinationType): string =>
  id === "files" && kindOf(type) === "tables" ? "Table" : label;

/** The step of a field, or the first step if none has it. */
export const stepOf = (path: string): number =>
  Math.max(
    0,
    STEPS.findIndex(({ fields }) => fields.some((field) => path === field || path.startsWith(`${field}.`))),
  );
