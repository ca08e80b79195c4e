import type { ModelName } from "../rows/tables/registry";
import { bigquery } from "./bigquery/declaration";
import type { FieldSpec } from "./fields";
import { postgres } from "./postgres/declaration";
import { s3 } from "./s3/declaration";
import { snowflake } from "./snowflake/declaration";

/** Every type of destination, as it declares itself. Safe for the browser: what connects is in the registry. */
export const destinations = { s3, snowflake, bigquery, postgres };

export type Destinations = typeof destinations;
export type DestinationType = keyof Destinations;

/** The types that declare a part of themselves so. */
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
/** The types that are set up by a script. */
export const SCRIPT_TYPES = DESTINATION_TYPES.filter(hasScript) as Listed<ScriptType>;

interface Typed {
  type: DestinationType;
}

/** Whether a connection or the settings of an export are those of a destination that stores files. */
export const writesFiles = <T extends Typed>(value: T): value is T & { type: FilesType } => isFiles(value.type);

/** Whether a connection or the settings of an export are those of a destination that loads rows into tables. */
export const writesTables = <T extends Typed>(value: T): value is T & { type: TablesType } => isTables(value.type);

/** The declared settings that mean something for what an export carries. */
export const settingFields = (type: DestinationType, model: ModelName): readonly FieldSpec[] =>
  destinations[type].form.settings.filter(({ models }) => models === undefined || models.includes(model));

/** The same part of each of these destinations, as a union of schemas takes them. */
export const partOfEach = <Type extends DestinationType, Part extends keyof Destinations[Type]>(
  types: Listed<Type>,
  part: Part,
): Listed<Destinations[Type][Part]> =>
  types.map((type) => destinations[type][part]) as Listed<Destinations[Type][Part]>;
