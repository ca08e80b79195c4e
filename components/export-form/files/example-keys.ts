import { writingOf } from "@/lib/destinations/writing";
import { NEWEST_FILE_SCHEMA } from "@/lib/fields/file-schemas";
import type { FileSpec } from "@/lib/rows/layouts/types";
import type { SourceTable } from "@/lib/rows/tables/types";
import { HOUR } from "@/lib/units";
import type { Timeline } from "@/lib/windows";
import { exampleWindow } from "./example-window";
import type { FilesExport } from "./files-export";

/** As long as a real one, but obviously fake. */
const REQUEST_ID = "request000000000";
const RUN_ID = "run";

/** "Page viewed"; keys of names this short never contain the hash. */
const EVENT = { hex: "5061676520766965776564", sha256: "" };

interface ExampleKeys {
  files: string[];
  /** Keys if a table exceeds the file size. */
  more: string[];
  manifest: string | null;
  markers: string[];
}

/** The keys of the current window's files, from the functions that the worker uses. */
export function exampleKeys(value: FilesExport, timeline: Timeline, sourceProjectId: number, now: Date): ExampleKeys {
  const { model, destination } = value;
  const window = exampleWindow(value, timeline, now);
  const run = { runId: RUN_ID, requestId: REQUEST_ID, revision: 1, runAt: window.end, fileSchema: NEWEST_FILE_SCHEMA };
  const keyed = { model, destination, window, sourceProjectId, ...run };
  const writing = writingOf(destination);
  const splitOf = (table: SourceTable) => writing.split(table, destination);
  const part = (table: SourceTable, index: number, total: number): FileSpec => ({
    index,
    total,
    hour: splitOf(table).hours ? new Date(Math.floor(window.start.getTime() / HOUR) * HOUR) : null,
    event: splitOf(table).events ? EVENT : null,
  });
  const tables = writing.tables(model);
  const files = tables.map((table) => writing.fileKey(keyed, table, part(table, 0, 1)));
  const more = tables
    .filter((table) => splitOf(table).size)
    .flatMap((table) => [0, 1].map((index) => writing.fileKey(keyed, table, part(table, index, 2))));
  return { files, more, manifest: writing.manifestKey(keyed), markers: writing.markerKeys(keyed, files) };
}
