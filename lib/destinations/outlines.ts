import type { ModelName } from "../rows/tables/registry";
import { bigqueryOutline } from "./bigquery/outline";
import type { FieldSpec } from "./fields";
import { postgresOutline } from "./postgres/outline";
import { s3Outline } from "./s3/outline";
import { snowflakeOutline } from "./snowflake/outline";

/** What lists and pages show of each destination type. Without schemas: those are in the catalog. */
export const outlines = {
  s3: s3Outline,
  snowflake: snowflakeOutline,
  bigquery: bigqueryOutline,
  postgres: postgresOutline,
};

type Outlines = typeof outlines;
export type DestinationType = keyof Outlines;

/** Types whose outline of a part has this value. */
type Having<Part extends keyof Outlines[DestinationType], Value> = {
  [T in DestinationType]: Outlines[T][Part] extends Value ? T : never;
}[DestinationType];

/** The types whose exports write files into a bucket. */
export type FilesType = Having<"kind", "files">;
/** The types whose exports write rows into tables. */
export type TablesType = Having<"kind", "tables">;
type ScriptType = Having<"setup", "script">;

export type Listed<T> = [T, ...T[]];

export const DESTINATION_TYPES = Object.keys(outlines) as Listed<DestinationType>;

export const kindOf = (type: DestinationType): "files" | "tables" => outlines[type].kind;

const isFiles = (type: DestinationType): type is FilesType => kindOf(type) === "files";
const isTables = (type: DestinationType): type is TablesType => kindOf(type) === "tables";
const hasScript = (type: DestinationType): type is ScriptType => outlines[type].setup === "script";

export const FILES_TYPES = DESTINATION_TYPES.filter(isFiles) as Listed<FilesType>;
/** The types that a script sets up. */
export const SCRIPT_TYPES = DESTINATION_TYPES.filter(hasScript) as Listed<ScriptType>;

interface Typed {
  type: DestinationType;
}

/** Whether a connection or an export's settings belong to a destination that stores files. */
export const writesFiles = <T extends Typed>(value: T): value is T & { type: FilesType } => isFiles(value.type);

/** Whether a connection or an export's settings belong to a destination that loads rows into tables. */
export const writesTables = <T extends Typed>(value: T): value is T & { type: TablesType } => isTables(value.type);

/** The declared settings that apply to a model. */
export const settingFields = (type: DestinationType, model: ModelName): readonly FieldSpec[] =>
  outlines[type].form.settings.filter(({ models }) => models === undefined || models.includes(model));
