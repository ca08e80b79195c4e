import { NEWEST_FILE_SCHEMA } from "@/lib/fields/file-schemas";
import { bytesOf, MOST_KEY_BYTES } from "@/lib/rows/layouts/key-bytes";
import { layoutOf } from "@/lib/rows/layouts/registry";
import type { FileSpec } from "@/lib/rows/layouts/types";
import { at, type Problem } from "@/lib/rows/problem";
import { tablesOfModel } from "@/lib/rows/tables/registry";
import type { ExportChoices } from "../writing-types";
import { contextOf } from "./key-context";
import type { FileSettings } from "./settings";

type Written = Pick<ExportChoices<FileSettings>, "model" | "destination">;

/** Ends after its first hour, so that markers are written; its bounds have milliseconds. */
const WINDOW = { start: new Date("2026-03-29T10:00:00.100Z"), end: new Date("2026-03-29T11:00:00.100Z") };

/** The longest values that a run can have: source ids are UInt32, and an escaped event has at most 180 bytes. */
const RUN = {
  runId: "run",
  requestId: "a".repeat(16),
  revision: 999,
  runAt: WINDOW.end,
  window: WINDOW,
  sourceProjectId: 4_294_967_295,
  fileSchema: NEWEST_FILE_SCHEMA,
};
const EVENT = { hex: "61".repeat(180), sha256: "" };
const PART: FileSpec = { index: 99_999, total: 100_000, hour: WINDOW.start, event: null };

/** Bytes of the longest possible key of an export: a file's, a manifest's, or a marker's. */
export function longestKeyBytes({ model, destination }: Written): number {
  const layout = layoutOf(destination.layout);
  const keyed = { model, destination, ...RUN };
  const files = tablesOfModel(model).map((table) => {
    const { events } = layout.split(table, destination);
    return layout.fileKey(contextOf(keyed, table.table), { ...PART, event: events ? EVENT : null });
  });
  const context = contextOf(keyed, model);
  const keys = [...files, layout.manifestKey(context), ...(layout.markerKeys?.(context, files) ?? [])];
  return Math.max(...keys.map(bytesOf));
}

/** Refuses a prefix that makes keys longer than `storage` allows. */
export function keyLengthProblems(written: Written, storage: string): Problem[] {
  const bytes = longestKeyBytes(written);
  if (bytes <= MOST_KEY_BYTES) return [];
  const message = `Keys would have up to ${bytes} bytes, and ${storage} allows ${MOST_KEY_BYTES}. Shorten the prefix by ${bytes - MOST_KEY_BYTES}.`;
  return [at("destination.prefix", message)];
}
