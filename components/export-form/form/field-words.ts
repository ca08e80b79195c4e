import { periodLabel } from "@/lib/client/schedule-words";
import type { FileSettings } from "@/lib/destinations/files/settings";
import { writesFiles } from "@/lib/destinations/outlines";
import { formats } from "@/lib/rows/formats/registry";
import { layoutOf, layouts } from "@/lib/rows/layouts/registry";
import type { Named, Problem } from "@/lib/rows/problem";
import { models } from "@/lib/rows/tables/registry";
import type { CreateExport } from "@/lib/schemas/export";

interface FieldWords {
  path: string;
  label: string;
  of: (value: CreateExport) => unknown;
  /** The field's value in words. */
  show: (value: CreateExport) => string;
}

/** A field of file exports; undefined for all others. */
const ofFiles = (name: keyof FileSettings, label: string, show: (files: FileSettings) => string): FieldWords => ({
  path: `destination.${name}`,
  label,
  of: ({ destination }) => (writesFiles(destination) ? destination[name] : undefined),
  show: ({ destination }) => (writesFiles(destination) ? show(destination) : ""),
});

const onOff = (on: boolean) => (on ? "on" : "off");

/** Fields that follow other choices. */
export const FIELDS: readonly FieldWords[] = [
  ofFiles("layout", "Layout", ({ layout }) => layoutOf(layout).label),
  ofFiles("format", "Format", ({ format }) => formats[format].label),
  ofFiles("compression", "Compression", ({ compression }) => compression),
  ofFiles("compressionLevel", "Compression level", ({ compressionLevel }) => String(compressionLevel ?? "the default")),
  ofFiles("maxFileSizeMb", "Largest file", ({ maxFileSizeMb }) => `${maxFileSizeMb} MB`),
  ofFiles("prefix", "Key prefix", ({ prefix }) => prefix),
  ofFiles("partitionByEvent", "A folder for each event", ({ partitionByEvent }) => onOff(partitionByEvent)),
  ofFiles("defuseFormulas", "Defuse formulas", ({ defuseFormulas }) => onOff(defuseFormulas)),
  ofFiles("orgId", "Organization ID", () => "the project’s"),
  {
    path: "destination.table",
    label: "Table",
    of: ({ destination }) => ("table" in destination ? destination.table : undefined),
    show: ({ destination }) => ("table" in destination ? destination.table : ""),
  },
  {
    path: "schedule.every",
    label: "Schedule",
    of: ({ schedule }) => schedule.every,
    show: ({ schedule }) => periodLabel(schedule.every).toLowerCase(),
  },
  {
    path: "schedule.timezone",
    label: "Time zone",
    of: ({ schedule }) => schedule.timezone,
    show: ({ schedule }) => schedule.timezone,
  },
  {
    path: "columns",
    label: "Columns",
    of: ({ columns }) => columns,
    show: ({ columns }) => (columns ? "names and columns that don’t fit are left out" : "all, unchanged"),
  },
  { path: "filters", label: "Filters", of: ({ filters }) => filters, show: () => "those that don’t fit are left out" },
];

/** The label of a path or its enclosing field. The data itself follows nothing, so it has no entry. */
const labelOf = (path: string): string =>
  FIELDS.find((field) => path === field.path || path.startsWith(`${field.path}.`))?.label ?? "Data";

const LABELS: Record<Named["of"], Record<string, { label: string }>> = {
  model: models,
  layout: layouts,
  format: formats,
};

/** A problem as a sentence in the form's words: `Format: Must be one of …`. */
export function problemSentence({ path, text }: Problem): string {
  const words = text.map((piece) => (typeof piece === "string" ? piece : LABELS[piece.of][piece.name]?.label));
  return `${labelOf(path.join("."))}: ${words.join("")}`;
}
