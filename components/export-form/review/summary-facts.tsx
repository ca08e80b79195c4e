import type { ReactNode } from "react";
import { isVisible, valueWords } from "@/components/spec-fields/visible";
import { settingFields } from "@/lib/destinations/catalog";
import type { S3Destination } from "@/lib/destinations/s3/settings";
import { tableName } from "@/lib/destinations/warehouse/tables";
import { formats } from "@/lib/rows/formats/registry";
import { layoutOf } from "@/lib/rows/layouts/registry";
import { type ModelName, partsOf } from "@/lib/rows/tables/registry";
import type { CreateExport } from "@/lib/schemas/export";
import { filterWords } from "../data/filter-words";
import { compressionWords, encryptionWords } from "../files/file-words";

type Fact = readonly [string, ReactNode];

const code = (text: string) => <code className="break-all font-mono text-[0.8125rem]">{text}</code>;

/** Which rows go out, as far as the data can be filtered at all. */
export function filterFacts({ model, filters }: CreateExport): Fact[] {
  const parts = partsOf(model);
  const { includeEvents, excludeEvents, properties } = filters;
  const events: Fact[] = [
    ["Only these events", includeEvents.length > 0 ? includeEvents.join(", ") : "All"],
    ["Without these events", excludeEvents.length > 0 ? excludeEvents.join(", ") : "None"],
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

/** Which columns go out, and which of them only as hashes. */
export function columnFacts({ columns, destination }: CreateExport): Fact[] {
  if (!columns) return [["Columns", destination.type === "s3" ? "All, as they are" : "All that the tables have"]];
  const names = columns.map(({ name, as }) => (as === null || as === name ? name : `${name} as ${as}`));
  const hashed = columns.filter(({ hash }) => hash).map(({ name }) => name);
  return [
    ["Columns", code(names.join(", "))],
    ["Hashed", hashed.length > 0 ? code(hashed.join(", ")) : "None"],
  ];
}

/** How files are named, written and protected; what only some layouts and formats have stands there for those. */
function fileFacts(model: ModelName, files: S3Destination): Fact[] {
  const parts = partsOf(model);
  const facts: (Fact | false)[] = [
    ["Layout", layoutOf(files.layout).label],
    files.layout === "hive" &&
      parts.some(({ eventColumn }) => eventColumn !== null) && [
        "A folder for each event",
        files.partitionByEvent ? "Yes" : "No",
      ],
    files.layout === "amplitude" &&
      parts.some(({ table }) => table === "merged_ids") && [
        "Organization id",
        files.orgId === null ? "The project’s id" : String(files.orgId),
      ],
    ["Key prefix", code(files.prefix || "None")],
    ["Format", formats[files.format].label],
    files.format === "csv" && ["Defuse formulas", files.defuseFormulas ? "Yes" : "No"],
    ["Compression", compressionWords(files)],
    ["Largest file", `${files.maxFileSizeMb} MB`],
    ["Encryption at rest", encryptionWords[files.encryption]],
    files.kmsKeyId !== null && ["KMS key", code(files.kmsKeyId)],
    files.encryption === "aws:kms" && ["Bucket key", files.bucketKeyEnabled ? "Yes" : "No"],
  ];
  return facts.filter((fact) => fact !== false);
}

/** How an export writes: its files in a bucket, its tables in a warehouse, by the labels of the form. */
export function settingFacts({ model, destination }: CreateExport): Fact[] {
  if (destination.type === "s3") return fileFacts(model, destination);
  // By the names that the tables get.
  const table = partsOf(model).map((part) => tableName(destination.table, part.table));
  const values: Record<string, unknown> = { ...destination, table: table.join(", ") };
  return settingFields(destination.type, model)
    .filter((spec) => isVisible(spec, values))
    .map((spec) => {
      const words = valueWords(spec, values[spec.name]);
      return [spec.label, spec.options ? words : code(words)];
    });
}
