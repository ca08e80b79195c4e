import type { ModelName } from "../rows/tables/registry";
import { bigquery } from "./bigquery/declaration";
import type { FieldSpec } from "./fields";
import { postgres } from "./postgres/declaration";
import { s3 } from "./s3/declaration";
import { snowflake } from "./snowflake/declaration";

/** Declarations of all destination types. Safe for the browser: code that connects is in the registry. */
export const destinations = { s3, snowflake, bigquery, postgres };

export type Destinations = typeof destinations;
export type DestinationType = keyof Destinations;

/** Types whose declaration of a part has this value. */
type Declaring<Part extends keyof Destinations[DestinationType], Value> = {
  [T in DestinationType]: Destinations[T][Part] extends Value ? T : never;
}[DestinationType];

/** The types whose exports write files into a bucket. */
export type FilesType = Declaring<"kind", "files">;
/** The types whose exports write rows into tables. */
export type TablesType = Declaring<"kind", "tables">;
type ScriptType = Declaring<"setup", "script">;

type Listed<T> = [T, ...T[]];

export const DESTINATION_TYPES = Object.keys(destinations) as Listed<DestinationType>;

export const kindOf = (type: DestinationType): "files" | "tables" => destinations[type].kind;

const isFiles = (type: DestinationType): type is FilesType => kindOf(type) === "files";
const isTables = (type: DestinationType): type is TablesType => kindOf(type) === "tables";
const hasScript = (type: DestinationType): type is ScriptType => destinations[type].setup === "script";

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
  destinations[type].form.settings.filter(({ models }) => models === undefined || models.includes(model));

/** One part of each of these destinations, as a union of schemas takes them. */
export const partOfEach = <Type extends DestinationType, Part extends keyof Destinations[Type]>(
  types: Listed<Type>,
  part: Part,
): Listed<Destinations[Type][Part]> =>
  types.map((type) => destinations[type][part]) as Listed<Destinations[Type][Part]>;
