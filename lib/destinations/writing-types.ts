import type { ColumnChoice } from "../fields/columns";
import type { FileSchema } from "../fields/file-schema";
import type { Filters } from "../fields/filters";
import type { Schedule } from "../fields/schedule";
import type { Encoding } from "../rows/formats/encoding";
import type { FileSpec, KeyLanguage, Split, Trace } from "../rows/layouts/types";
import type { Problem } from "../rows/problem";
import type { ModelName } from "../rows/tables/registry";
import type { SourceTable } from "../rows/tables/types";
import type { Window } from "../windows/types";

/** The inputs of a run's keys, apart from each file's own part. */
export interface KeyInput<Settings> {
  model: ModelName;
  destination: Settings;
  window: Window;
  runId: string;
  requestId: string;
  /** Which write of the window it is, from 1. */
  revision: number;
  /** When the run was requested. */
  runAt: Date;
  fileSchema: FileSchema;
  sourceProjectId: number;
}

/** An export's choices, possibly not saved yet. */
export interface ExportChoices<Settings> {
  model: ModelName;
  destination: Settings;
  columns: readonly ColumnChoice[] | null;
  filters: Filters;
  schedule: Schedule;
}

/** Defines a destination's files: pure, so that form, API, and worker agree and a retry finds the same keys. */
export interface Writing<Settings> {
  /** The source tables of an export, as they are read for the destination. */
  tables(model: ModelName): readonly SourceTable[];
  encoding(
    model: SourceTable,
    settings: Settings,
    columns: readonly ColumnChoice[] | null,
    fileSchema: FileSchema,
  ): Encoding;
  /** Whether rows have a fixed form, so that columns can't be renamed. */
  hasFixedShape(model: ModelName, settings: Settings): boolean;
  split(model: SourceTable, settings: Settings): Split;
  /** In bytes. */
  maxFileBytes(settings: Settings): number;
  fileKey(keyed: KeyInput<Settings>, model: Pick<SourceTable, "table">, part: FileSpec): string;
  /** The key of the same file in another revision; null if names carry none. */
  renamedKey(keyed: KeyInput<Settings>, key: string, from: number, to: number): string | null;
  /** Null if the destination itself reports what is committed. */
  manifestKey(keyed: KeyInput<Settings>): string | null;
  markerKeys(keyed: KeyInput<Settings>, fileKeys: readonly string[]): string[];
  problems(spec: ExportChoices<Settings>): Problem[];
  /** The columns that readers take from folder names, in lowercase. */
  pathColumns(settings: Settings): string[];
  /** What the newest file schema changes in an export's files, one sentence each; empty if nothing. */
  fileSchemaChanges(spec: Pick<ExportChoices<Settings>, "model" | "destination" | "columns">): string[];
  /** All keys that an export can write; null if no other export can write its files. */
  keys(of: Pick<KeyInput<Settings>, "model" | "destination" | "sourceProjectId">): KeyLanguage | null;
  /** What a key of such an export says of its window; null if no window has it. */
  traceOf(settings: Settings, key: string): Trace | null;
  /** Format and compression as the activity log shows them. */
  words(settings: Settings): { format: string; compression: string };
}
