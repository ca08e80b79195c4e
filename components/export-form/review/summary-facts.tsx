import { inline } from "@/components/destinations/code";
import type { Fact } from "@/components/destinations/parts";
import { wordsOf } from "@/components/destinations/words-by-type";
import { keepsChain } from "@/lib/destinations/files/chain";
import type { FileSettings } from "@/lib/destinations/files/settings";
import { kindOf, writesFiles } from "@/lib/destinations/outlines";
import { tableName } from "@/lib/destinations/warehouse/tables";
import { formats } from "@/lib/rows/formats/registry";
import { layoutOf } from "@/lib/rows/layouts/registry";
import { type ModelName, tablesOfModel } from "@/lib/rows/tables/registry";
import type { CreateExport } from "@/lib/schemas/export";
import { filterWords } from "../data/filter-words";
import { compressionWords } from "../files/file-words";

/** Which rows are exported, as far as the model supports filters. */
export function filterFacts({ model, filters }: CreateExport): Fact[] {
  const parts = tablesOfModel(model);
  const { includeEvents, excludeEvents, properties } = filters;
  const events: Fact[] = [
    ["Only these events", includeEvents.length > 0 ? includeEvents.join(", ") : "All"],
    ["Exclude events", excludeEvents.length > 0 ? excludeEvents.join(", ") : "None"],
  ];
  const conditions: Fact = [
    "Conditions on properties",
    properties.length === 0 ? "None" : properties.map(filterWords).join("; "),
  ];
  return [
    ...(parts.some(({ eventColumn }) => eventColumn !== null) ? events : []),
    ...(parts.some(({ propertyColumns }) => propertyColumns.length > 0) ? [conditions] : []),
  ];
}

const ALL = { files: "All, unchanged", tables: "All table columns" };

/** Which columns are exported, and which only as hashes. */
export function columnFacts({ columns, destination }: CreateExport): Fact[] {
  if (!columns) return [["Columns", ALL[kindOf(destination.type)]]];
  const names = columns.map(({ name, as }) => (as === null || as === name ? name : `${name} as ${as}`));
  const hashed = columns.filter(({ hash }) => hash).map(({ name }) => name);
  return [
    ["Columns", inline(names.join(", "))],
    ["Hashed", hashed.length > 0 ? inline(hashed.join(", ")) : "None"],
  ];
}

/** How files are named and written, with options specific to the layout and format. */
function fileFacts(model: ModelName, files: FileSettings): Fact[] {
  const parts = tablesOfModel(model);
  const facts: (Fact | false)[] = [
    ["Layout", layoutOf(files.layout).label],
    files.layout === "hive" &&
      parts.some(({ eventColumn }) => eventColumn !== null) && [
        "A folder for each event",
        files.partitionByEvent ? "Yes" : "No",
      ],
    files.layout === "amplitude" &&
      parts.some(({ table }) => table === "merged_ids") && [
        "Organization ID",
        files.orgId === null ? "The project’s ID" : String(files.orgId),
      ],
    ["Key prefix", inline(files.prefix || "None")],
    ["Format", formats[files.format].label],
    files.format === "csv" && ["Defuse formulas", files.defuseFormulas ? "Yes" : "No"],
    ["Compression", compressionWords(files)],
    ["Largest file", `${files.maxFileSizeMb} MB`],
    ["Receipt chain in the bucket", keepsChain(files) ? "Yes" : "No"],
  ];
  return facts.filter((fact) => fact !== false);
}

/** How an export writes its files or tables, labeled as in the form. */
export function settingFacts({ model, destination }: CreateExport): Fact[] {
  if (writesFiles(destination))
    return [...fileFacts(model, destination), ...wordsOf(destination.type).settingFacts(destination, model)];
  // With the actual table names.
  const table = tablesOfModel(model).map((part) => tableName(destination.table, part.table));
  return wordsOf(destination.type).settingFacts({ ...destination, table: table.join(", ") }, model);
}
