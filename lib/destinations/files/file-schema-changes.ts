import { NEWEST_FILE_SCHEMA } from "@/lib/fields/file-schemas";
import { layoutOf } from "@/lib/rows/layouts/registry";
import { chosenColumns } from "@/lib/rows/shapes/columns";
import { tablesOfModel } from "@/lib/rows/tables/registry";
import type { SourceTable } from "@/lib/rows/tables/types";
import type { ExportChoices } from "../writing-types";
import type { FileSettings } from "./settings";

type Files = Pick<ExportChoices<FileSettings>, "destination" | "columns">;

const shapeOf = ({ destination, columns }: Files, model: SourceTable, fileSchema: 1 | 2) =>
  layoutOf(destination.layout).shape(model, columns, { ...destination, fileSchema });

/** Columns that also name folders, each with its new name. */
function renamed(files: Files, model: SourceTable): [from: string, to: string][] {
  const next = shapeOf(files, model, NEWEST_FILE_SCHEMA).fields;
  return shapeOf(files, model, 1).fields.flatMap(({ name }, index): [string, string][] => {
    const to = next[index]?.name;
    return to === undefined || to === name ? [] : [[name, to]];
  });
}

/** Unsigned integers in Parquet, each with its new type. */
function retyped(files: Files, model: SourceTable): [name: string, type: string][] {
  const { format, layout } = files.destination;
  if (format !== "parquet") return [];
  if (layoutOf(layout).fixedShape)
    return shapeOf(files, model, NEWEST_FILE_SCHEMA).fields.flatMap(({ name, parquetType }): [string, string][] =>
      parquetType ? [[name, "INT64"]] : [],
    );
  return chosenColumns(model, files.columns).flatMap(({ name, unsigned }): [string, string][] =>
    unsigned ? [[name, unsigned === 64 ? "DECIMAL(20,0)" : "INT64"]] : [],
  );
}

/** Whether folders are named by the events of a table's rows. */
const byEvent = ({ destination }: Files, model: SourceTable) =>
  layoutOf(destination.layout).split(model, destination).events;

const FOLDERS =
  "Folders of events without a name, or with a name that isn’t valid UTF-8 or was cut within a character, get readable names: one " +
  "such folder makes pyarrow and DuckDB refuse all of them.";

/** The newest file schema's changes to an export's files. */
export function fileSchemaChanges({ model, ...files }: Files & Pick<ExportChoices<FileSettings>, "model">): string[] {
  const parts = tablesOfModel(model);
  return [
    ...parts
      .flatMap((part) => renamed(files, part))
      .map(
        ([from, to]) =>
          `The column ${from} is renamed to ${to}: readers make a column ${from} of folders named ${from}=…. With both, ` +
          "pandas and pyarrow refuse the folder, and other readers show the folder’s value, which is cut for long names.",
      ),
    ...(parts.some((part) => byEvent(files, part) && layoutOf(files.destination.layout).pathColumns) ? [FOLDERS] : []),
    ...parts
      .flatMap((part) => retyped(files, part))
      .map(
        ([name, type]) =>
          `The column ${name} is ${type} instead of an unsigned integer, which Spark before 3.2 refuses.`,
      ),
  ];
}
