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

/** What all keys of an export's table share. */
export interface KeyFacts {
  prefix: string;
  /** The model's table, for `{table_name}`. */
  tableName: string;
  /** Includes the compression suffix, without the leading dot: `jsonl.gz`. */
  extension: string;
  /** The project's id in the source. */
  databaseId: number;
  /** Org id in Amplitude's names of merged ids. */
  orgId: number;
  partitionByEvent: boolean;
}

/** What a key is built from, apart from the file spec. */
export interface KeyContext extends KeyFacts {
  window: Window;
  requestId: string;
  /** Which write of the window this is, from 1. */
  revision: number;
  /** When the run was requested. */
  runAt: Date;
  fileSchema: FileSchema;
}

/** All keys that an export can write, whatever the window, for comparison with other exports. */
export interface KeyLanguage {
  /** The template that begins every key. */
  prefix: string;
  /** Every key matches one of these. */
  patterns: readonly Pattern[];
  /** The keys of manifests among them. */
  manifests: Pattern;
  /** Whether the run's request id always follows the prefix. */
  namesRequest: boolean;
}

/** An event name as bytes, which need not be valid UTF-8, and its SHA-256: both in lowercase hex. */
export interface EventName {
  hex: string;
  sha256: string;
}

/** Which file of a window this is: its hour and event if files are split by them, and its position among those. */
export interface FileSpec {
  /** Zero-based, among the files of the same hour and event. */
  index: number;
  total: number;
  hour: Date | null;
  event: EventName | null;
}

/** What a key says of its window: a moment in it, or the run that wrote it. */
export type Trace = { at: Date } | { requestId: string };

/** What files are split by. */
export interface Split {
  hours: boolean;
  events: boolean;
  size: boolean;
}

/** The interdependent choices of an export that may not be saved yet. */
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

/** The settings that determine a key's folders. */
export type PathOptions = Pick<Combination["destination"], "prefix" | "partitionByEvent">;

/** The settings that determine a row's shape. */
export interface ShapeOptions extends PathOptions {
  format: FormatName;
  fileSchema: FileSchema;
}

/** Names objects and determines what goes into each. Pure, so that a retry finds the same keys. */
export interface Layout {
  label: string;
  note: string;
  models: readonly ModelName[];
  formats: readonly FormatName[];
  /** Overrides the format's own. */
  extensions?: Partial<Record<FormatName, string>>;
  /** The codec around every file, whatever the format, if the layout prescribes one. */
  codec?: "gzip";
  /** Maximum file size in MB, if the layout prescribes one. */
  maxFileSizeMb?: number;
  /** Whether the layout fixes the shape of rows, so that columns can't be renamed. */
  fixedShape: boolean;
  /** Whether a bucket holds the chain of receipts too, unless an export says otherwise: readers may expect only files. */
  keepsChain: boolean;
  /** Whether the usual readers move or delete files after loading them. */
  readersDelete?: true;
  split(model: SourceTable, options: { partitionByEvent: boolean }): Split;
  shape(model: SourceTable, choices: readonly ColumnChoice[] | null, options: ShapeOptions): Shape;
  /** Columns that readers derive from folder names, lowercase; absent if the layout fixes the shape of rows. */
  pathColumns?(options: PathOptions): string[];
  /** A first line that names the event, before the format's own frame; `name` is null for rows without one. */
  firstLine?(format: FormatName, name: string | null): string;
  fileKey(context: KeyContext, part: FileSpec): string;
  /** The same file's key in another revision; absent if names carry none. */
  renamedKey?(key: string, extension: string, from: number, to: number): string;
  manifestKey(context: KeyContext): string;
  /** Match the keys of a table's files and markers, and of manifests, for which the table name is the model's. */
  filePatterns(facts: KeyFacts): Pattern[];
  manifestPattern(facts: KeyFacts): Pattern;
  /** What the key of a file or manifest says of its window; null if no window has it. */
  traceOf(key: string): Trace | null;
  /** Whether the run's request id follows the prefix in every key. */
  namesRequest?: true;
  /** Empty objects that mark folders as complete for readers. */
  markerKeys?(context: KeyContext, fileKeys: readonly string[]): string[];
  problems?(combination: Combination): Problem[];
}
