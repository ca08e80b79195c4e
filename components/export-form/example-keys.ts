import { fileKey, type Keyed, manifestKey, markerKeys } from "@/lib/layouts/keys";
import { layoutOf } from "@/lib/layouts/registry";
import type { FilePart } from "@/lib/layouts/types";
import { partsOf } from "@/lib/models/registry";
import type { Model } from "@/lib/models/types";
import type { CreateExport } from "@/lib/schemas/export";
import type { Timeline } from "@/lib/windows";
import { exampleWindow } from "./example-window";

const HOUR = 3_600_000;

/** As long as a real one, and plainly none. */
const REQUEST_ID = "request000000000";

/** "Page viewed", with a hash that no key of so short a name ever holds. */
const EVENT = { hex: "5061676520766965776564", sha256: "" };

interface ExampleKeys {
  files: string[];
  /** Where a table outgrows the file size. */
  more: string[];
  manifest: string;
  markers: string[];
}

/** The keys that the current window's files would get, from the same functions that the worker names them by. */
export function exampleKeys(value: CreateExport, timeline: Timeline, sourceProjectId: number, now: Date): ExampleKeys {
  const { model, destination } = value;
  const window = exampleWindow(value, timeline, now);
  const keyed: Keyed = { model, destination, window, requestId: REQUEST_ID, runAt: window.end, sourceProjectId };
  const splitOf = (table: Model) => layoutOf(destination.layout).split(table, destination);
  const part = (table: Model, index: number, total: number): FilePart => ({
    index,
    total,
    hour: splitOf(table).hours ? new Date(Math.floor(window.start.getTime() / HOUR) * HOUR) : null,
    event: splitOf(table).events ? EVENT : null,
  });
  const tables = partsOf(model);
  const files = tables.map((table) => fileKey(keyed, table, part(table, 0, 1)));
  const more = tables
    .filter((table) => splitOf(table).size)
    .flatMap((table) => [0, 1].map((index) => fileKey(keyed, table, part(table, index, 2))));
  return { files, more, manifest: manifestKey(keyed), markers: markerKeys(keyed, files) };
}
