import type { ColumnChoice } from "../fields/columns";
import type { FileSchema } from "../fields/file-schema";
import type { Filters } from "../fields/filters";
import type { Schedule } from "../fields/schedule";
import type { Encoding } from "../rows/formats/encoding";
import type { FileSpec, KeyLanguage, Split } from "../rows/layouts/types";
import type { Problem } from "../rows/problem";
import type { ModelName } from "../rows/tables/registry";
import type { SourceTable } from "../rows/tables/types";
import type { Window } from "../windows/types";

/** What the keys of a run's files are made from, besides each file's own part. */
export interface KeyInput<Settings> {
  model: ModelName;
  destination: Settings;
  window: Window;
  runId: string;
  requestId: string;
  /** Which writing of the window it is, from 1. */
  revision: number;
  /** When the run was asked for. */
  runAt: Date;
  fileSchema: FileSchema;
  sourceProjectId: number;
}

/** The choices of an export that may not be saved yet. */
export interface ExportChoices<Settings> {
  model: ModelName;
  destination: Settings;
  columns: readonly ColumnChoice[] | null;
  filters: Filters;
  schedule: Schedule;
}

/** What a destination's files are: pure, so that form, API and worker say the same and a retry finds the same keys. */
export interface Writing<Settings> {
  /** What of an export goes there: its tables in the source, as they are read for it. */
  tables(model: ModelName): readonly SourceTable[];
  encoding(
    model: SourceTable,
    settings: Settings,
    columns: readonly ColumnChoice[] | null,
    fileSchema: FileSchema,
  ): Encoding;
  /** Whether rows have a form of their own, so that columns can't be renamed. */
  hasFixedShape(model: ModelName, settings: Settings): boolean;
  split(model: SourceTable, settings: Settings): Split;
  /** In bytes. */
  maxFileBytes(settings: Settings): number;
  fileKey(keyed: KeyInput<Settings>, model: Pick<SourceTable, "table">, part: FileSpec): string;
  /** The key of the same file in another revision; null where names carry none. */
  renamedKey(keyed: KeyInput<Settings>, key: string, from: number, to: number): string | null;
  /** Null where what is committed is told by the destination itself. */
  manifestKey(keyed: KeyInput<Settings>): string | null;
  markerKeys(keyed: KeyInput<Settings>, fileKeys: readonly string[]): string[];
  problems(spec: ExportChoices<Settings>): Problem[];
  /** The columns that readers take from the names of folders, in lower case. */
  pathColumns(settings: Settings): string[];
  /** What the newest file schema changes in the files of an export, one sentence each; none where they stay the same. */
  fileSchemaChanges(spec: Pick<ExportChoices<Settings>, "model" | "destination" | "columns">): string[];
  /** All keys that an export can write; null where its files are no one else's to write. */
  keys(of: Pick<KeyInput<Settings>, "model" | "destination" | "sourceProjectId">): KeyLanguage | null;
  /** Format and compression as the activity log shows them. */
  words(settings: Settings): { format: string; compression: string };
}
