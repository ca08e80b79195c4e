import { encode } from "@/lib/rows/formats/encoding";
import { formats } from "@/lib/rows/formats/registry";
import type { Format } from "@/lib/rows/formats/types";
import { layoutOf } from "@/lib/rows/layouts/registry";
import { tablesOfModel } from "@/lib/rows/tables/registry";
import { MIB } from "@/lib/units";
import type { Writing } from "../writing-types";
import { codecOf, insideOf } from "./codec";
import { fileSchemaChanges } from "./file-schema-changes";
import { contextOf, languageOf } from "./key-context";
import { fileProblems } from "./problems";
import type { FileSettings } from "./settings";

/** Objects in `storage`, named by the export's layout and written in its format. */
export const filesWriting = (storage: string): Writing<FileSettings> => ({
  tables: tablesOfModel,
  encoding: (model, settings, columns, fileSchema) => {
    const layout = layoutOf(settings.layout);
    const format: Format = formats[settings.format];
    return encode({
      shape: layout.shape(model, columns, { ...settings, fileSchema }),
      format,
      options: settings,
      codec: codecOf(settings),
      inside: insideOf(settings),
      level: settings.compressionLevel,
      firstLine: (name) => layout.firstLine?.(settings.format, name) ?? "",
    });
  },
  // XML events have CleverTap's shape in every layout.
  hasFixedShape: (model, { layout, format }) =>
    layoutOf(layout).fixedShape || (format === "xml" && model.startsWith("events")),
  renamedKey: (keyed, key, from, to) =>
    layoutOf(keyed.destination.layout).renamedKey?.(key, contextOf(keyed, keyed.model).extension, from, to) ?? null,
  split: (model, settings) => layoutOf(settings.layout).split(model, settings),
  maxFileBytes: ({ maxFileSizeMb }) => maxFileSizeMb * MIB,
  fileKey: (keyed, { table }, part) => layoutOf(keyed.destination.layout).fileKey(contextOf(keyed, table), part),
  manifestKey: (keyed) => layoutOf(keyed.destination.layout).manifestKey(contextOf(keyed, keyed.model)),
  markerKeys: (keyed, fileKeys) =>
    layoutOf(keyed.destination.layout).markerKeys?.(contextOf(keyed, keyed.model), fileKeys) ?? [],
  problems: (spec) => fileProblems(spec, storage),
  pathColumns: (settings) => layoutOf(settings.layout).pathColumns?.(settings) ?? [],
  fileSchemaChanges,
  keys: languageOf,
  traceOf: ({ layout }, key) => layoutOf(layout).traceOf(key),
  words: ({ format, compression }) => ({ format, compression }),
});
