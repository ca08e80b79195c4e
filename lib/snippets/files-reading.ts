import { codecOf, insideOf } from "@/lib/destinations/files/codec";
import { filePatternsOf } from "@/lib/destinations/files/key-context";
import type { FileSettings } from "@/lib/destinations/files/settings";
import type { Reach } from "@/lib/destinations/reading-types";
import type { RunSpec } from "@/lib/destinations/run-spec";
import { BOUNDS, literal, type Pattern, regexOf } from "@/lib/rows/layouts/pattern";
import { basicIso } from "@/lib/rows/layouts/prefix";
import { layoutOf } from "@/lib/rows/layouts/registry";
import { chosenColumns } from "@/lib/rows/shapes/columns";
import type { Field } from "@/lib/rows/shapes/types";
import { tablesOfModel } from "@/lib/rows/tables/registry";
import type { SourceTable } from "@/lib/rows/tables/types";
import type { Window } from "@/lib/windows/types";
import { globOf } from "./glob";
import type { FieldType, FilesReading, NamedFile, SnippetField, TableFiles } from "./types";

/** A run with more files is read by a glob of its names: a snippet with all keys would be too long to use. */
const MOST_KEYS = 200;

type FilesSpec = Omit<RunSpec, "destination"> & { destination: FileSettings };

export interface OfRun {
  window: Window;
  files: readonly NamedFile[];
}

interface Asked {
  spec: FilesSpec;
  reach: Reach;
  sourceProjectId: number;
  since: Date;
  /** Null for a whole export. */
  run: OfRun | null;
}

/** What snippets need to know to read an export's files, or those of one run. */
export function filesReading({ spec, reach, sourceProjectId, since, run }: Asked): FilesReading {
  const tables = tablesOfModel(spec.model).map((model) => tableFiles({ spec, sourceProjectId, run }, model));
  return { kind: "files", reach, tables, since: since.toISOString().slice(0, 10) };
}

function tableFiles(
  { spec, sourceProjectId, run }: Pick<Asked, "spec" | "sourceProjectId" | "run">,
  model: SourceTable,
): TableFiles {
  const { destination, columns, fileSchema = 1 } = spec;
  const layout = layoutOf(destination.layout);
  const shape = layout.shape(model, columns, { ...destination, fileSchema });
  const fields = shape.fields.map(fieldOf(unsignedOf(model, columns)));
  const partitionByEvent = layout.split(model, destination).events;
  // Otherwise, the prefix and the first folder have one name.
  const hasFolders = destination.prefix === "" || destination.prefix.endsWith("/");
  const pathColumns = (hasFolders && layout.pathColumns?.({ ...destination, partitionByEvent })) || [];
  const clash = fields.some(({ name }) => pathColumns.includes(name.toLowerCase()));
  const patterns = filePatternsOf({ destination, sourceProjectId }, model);
  const regexes = patterns.map(regexOf);
  const files = run?.files.filter(({ key }) => regexes.some((regex) => regex.test(key))) ?? null;
  const [pattern] = patterns as [Pattern];
  const isNamed = files !== null && files.length <= MOST_KEYS;
  return {
    table: model.table,
    record: shape.record,
    fields,
    format: destination.format,
    codec: codecOf(destination),
    inside: insideOf(destination),
    hasFirstLine: (layout.firstLine?.(destination.format, null) ?? "") !== "",
    pathColumns: clash ? [] : pathColumns,
    glob: globOf(run && !isNamed ? ofWindow(pattern, run.window) : pattern),
    files: isNamed ? files : null,
  };
}

/** The pattern with one window's bounds, if its names carry any. */
function ofWindow(pattern: Pattern, { start, end }: Window): Pattern {
  const at = pattern.findIndex((_, index) => BOUNDS.every((step, offset) => pattern[index + offset] === step));
  if (at < 0) return pattern;
  const bounds = literal(`${basicIso(start)}-${basicIso(end)}`);
  return [...pattern.slice(0, at), ...bounds, ...pattern.slice(at + BOUNDS.length)];
}

/** The columns whose integers need all 64 bits, by name in the file. */
const unsignedOf = (model: SourceTable, columns: FilesSpec["columns"]): ReadonlySet<string> =>
  new Set(chosenColumns(model, columns).flatMap(({ name, unsigned }) => (unsigned === 64 ? name : [])));

const TYPES: Record<Field["kind"], FieldType> = {
  uuid: "text",
  string: "text",
  strings: "texts",
  time: "time",
  json: "json",
  int: "int64",
  float: "float",
  bool: "bool",
  object: "object",
  entries: "entries",
};

const fieldOf =
  (unsigned: ReadonlySet<string>) =>
  ({ name, kind, fields }: Field): SnippetField => ({
    name,
    type: kind === "int" && unsigned.has(name) ? "uint64" : TYPES[kind],
    ...(fields && { fields: fields.map(fieldOf(unsigned)) }),
  });
