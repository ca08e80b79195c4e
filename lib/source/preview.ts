import { randomUUID } from "node:crypto";
import { writesTables } from "@/lib/destinations/catalog";
import type { RunSpec } from "@/lib/destinations/run-spec";
import type { FileBounds } from "../db/schema/run-files";
import { tablesOfSpec } from "../destinations/tables";
import { writingOf } from "../destinations/writing";
import { NEWEST_FILE_SCHEMA } from "../fields/file-schema";
import { type Encoding, encode } from "../rows/formats/encoding";
import { jsonl } from "../rows/formats/jsonl";
import { NO_FRAME } from "../rows/formats/types";
import type { SourceTable } from "../rows/tables/types";
import type { PreviewWindow } from "../schemas/export";
import type { Window } from "../windows/types";
import type { Source } from "./client";
import { encodeQuery, hexText, type TableExtract } from "./encode";
import { readEncoded } from "./open-encoded";
import { type PlannedFile, type PlannedTable, planFiles } from "./plan";

const SAMPLE_ROWS = 5;
const SHOWN_KEYS = 100;

/** What is previewed: an export of a source project, which may not be saved yet. */
export interface Previewed {
  sourceProjectId: number;
  spec: RunSpec;
  salt: string;
}

/** A placeholder with the length of a real request id. */
const EXAMPLE_REQUEST = "request000000000";

function tableOf({ sourceProjectId, spec, salt }: Previewed, model: SourceTable, window: Window): PlannedTable {
  const { destination, columns, filters } = spec;
  return {
    written: {
      selection: { model, sourceProjectId, filters, window },
      encoding: writingOf(destination).encoding(model, destination, columns, NEWEST_FILE_SCHEMA),
      salt,
    },
    split: writingOf(destination).split(model, destination),
    maxFileBytes: writingOf(destination).maxFileBytes(destination),
  };
}

/**
 * What one window would produce: its keys, rows, bytes before compression, and files, with the first planned file.
 * Writes nothing. Throws an `ExportError`.
 */
export async function previewWindow(
  source: Source,
  of: Previewed,
  window: Window,
  signal: AbortSignal,
): Promise<{ preview: PreviewWindow; first: PlannedFile | undefined }> {
  const { model, destination } = of.spec;
  const plan = await planFiles(
    source,
    tablesOfSpec(of.spec).map((part) => tableOf(of, part, window)),
    signal,
  );
  const { sourceProjectId } = of;
  const keyed = {
    ...{ model, destination, window, sourceProjectId, runAt: window.end, fileSchema: NEWEST_FILE_SCHEMA },
    ...{ runId: "run", requestId: EXAMPLE_REQUEST, revision: 1 },
  };
  const preview = {
    intervalStart: window.start.toISOString(),
    intervalEnd: window.end.toISOString(),
    keys: plan.files.slice(0, SHOWN_KEYS).map((file) => writingOf(destination).fileKey(keyed, file.model, file.part)),
    rows: plan.rows,
    bytes: plan.bytes,
    files: plan.files.length,
  };
  return { preview, first: plan.files[0] };
}

/**
 * The first rows of a window's first file as written there, and the text before them; rows of Parquet and warehouses
 * come as JSON. No rows without a file.
 */
export async function previewRows(
  source: Source,
  of: Previewed,
  window: Window,
  first: PlannedFile | null | undefined,
  signal: AbortSignal,
): Promise<{ header: string; sampleRows: string[] }> {
  const { destination } = of.spec;
  const model = first?.model ?? tablesOfSpec(of.spec)[0]!;
  const { written } = tableOf(of, model, window);
  // Nobody sees a warehouse's files: only the rows matter.
  const asJson = written.encoding.rows === "parquet" || writesTables(destination);
  const encoding: Encoding = asJson
    ? encode({ shape: written.encoding.shape, format: jsonl, codec: "none", inside: "none", level: null })
    : { ...written.encoding, codec: "none" };
  const event = first?.bounds.event === undefined ? null : hexText(first.bounds.event);
  const { before } = encoding.frame(event);
  const sampleRows = first ? await firstRows(source, { ...written, encoding }, first.bounds, signal) : [];
  return { header: before, sampleRows };
}

async function firstRows(
  source: Source,
  written: TableExtract,
  bounds: FileBounds,
  signal: AbortSignal,
): Promise<string[]> {
  const { encoding } = written;
  // A CSV row may contain line breaks and any other text but this.
  const between = randomUUID();
  const alone = { ...encoding, frame: () => NO_FRAME };
  const query = encodeQuery({ ...written, encoding: alone }, { bounds, limit: SAMPLE_ROWS, between });
  const rows = await readEncoded(source, query, signal);
  return rows === "" ? [] : rows.split(between).map((row) => row.replace(/\r?\n$/, ""));
}
