import type { ColumnChoice } from "@/lib/fields/columns";
import type { FileSchema } from "@/lib/fields/file-schema";
import type { Schedule } from "@/lib/fields/schedule";
import type { Window } from "@/lib/windows/types";
import type { FormatName } from "../formats/registry";
import type { Compression } from "../formats/types";
import type { Problem } from "../problem";
import type { Shape } from "../shapes/types";
import type { ModelName } from "../tables/registry";
import type { SourceTable } from "../tables/types";
import type { Pattern } from "./pattern";

/** What all keys of an export's table have in common. */
export interface KeyFacts {
  prefix: string;
  /** The model's table, for `{table_name}`. */
  tableName: string;
  /** With what compression adds, without the leading dot: `jsonl.gz`. */
  extension: string;
  /** The project's id in the source. */
  databaseId: number;
  /** What merged ids are filed under in Amplitude's layout. */
  orgId: number;
  partitionByEvent: boolean;
}

/** What a key is made from, besides the file's own part. */
export interface KeyContext extends KeyFacts {
  window: Window;
  requestId: string;
  /** Which writing of the window it is, from 1. */
  revision: number;
  /** When the run was asked for. */
  runAt: Date;
  fileSchema: FileSchema;
}

/** All keys that an export can write, whatever the window: what is compared with other exports'. */
export interface KeyLanguage {
  /** The template that all keys begin with. */
  prefix: string;
  /** Every key matches one of them. */
  patterns: readonly Pattern[];
  /** Whether the prefix is always followed by the request id of the run. */
  namesRequest: boolean;
}

/** An event's name as bytes, which need not be text, and its SHA-256: both in lower-case hexadecimal digits. */
export interface EventName {
  hex: string;
  sha256: string;
}

/** Which file of a window it is: of which hour and event where files are split by them, and its place among those. */
export interface FileSpec {
  /** Counts from 0 among the files of the same hour and event. */
  index: number;
  total: number;
  hour: Date | null;
  event: EventName | null;
}

/** By what files are split besides their size. */
export interface Split {
  hours: boolean;
  events: boolean;
  size: boolean;
}

/** The choices that depend on each other, of an export that may not be saved yet. */
export interface Combination {
  model: ModelName;
  destination: {
    prefix: string;
    layout: string;
    format: FormatName;
    compression: Compression;
    maxFileSizeMb: number;
    partitionByEvent: boolean;
  };
  schedule: Schedule;
}

/** The settings that decide which folders a key has. */
export type PathOptions = Pick<Combination["destination"], "prefix" | "partitionByEvent">;

/** The settings that decide what a row is. */
export interface ShapeOptions extends PathOptions {
  format: FormatName;
  fileSchema: FileSchema;
}

/** A naming of objects and what goes into each: pure, so that a retry finds the same keys. */
export interface Layout {
  label: string;
  note: string;
  models: readonly ModelName[];
  formats: readonly FormatName[];
  /** Where it differs from the format's own. */
  extensions?: Partial<Record<FormatName, string>>;
  /** The codec around every file where the layout prescribes one, whatever the format. */
  codec?: "gzip";
  /** The largest file, in MB, where the layout prescribes one. */
  maxFileSizeMb?: number;
  /** Whether rows have a form of their own, so that columns can't be renamed. */
  fixedShape: boolean;
  split(model: SourceTable, options: { partitionByEvent: boolean }): Split;
  shape(model: SourceTable, choices: readonly ColumnChoice[] | null, options: ShapeOptions): Shape;
  /** The columns that readers take from the names of folders, in lower case; left out where rows have a form of their own. */
  pathColumns?(options: PathOptions): string[];
  /** A first line that names the event, before the format's own frame; null for rows that belong to none. */
  firstLine?(format: FormatName, name: string | null): string;
  fileKey(context: KeyContext, part: FileSpec): string;
  /** The key of the same file in another revision; left out where names carry none. */
  renamedKey?(key: string, extension: string, from: number, to: number): string;
  manifestKey(context: KeyContext): string;
  /** What the keys of a table's files and markers look like, and those of manifests, for which the table's name is the model's. */
  filePatterns(facts: KeyFacts): Pattern[];
  manifestPattern(facts: KeyFacts): Pattern;
  /** Whether the request id of the run follows the prefix in every key. */
  namesRequest?: true;
  /** Empty objects that tell readers which folders are complete. */
  markerKeys?(context: KeyContext, fileKeys: readonly string[]): string[];
  problems?(combination: Combination): Problem[];
}
