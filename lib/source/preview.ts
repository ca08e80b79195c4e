import { text } from "node:stream/consumers";
import type { FileBounds, RunSpec } from "../db/schema/runs";
import { writingOf } from "../destinations/writing";
import { jsonl } from "../formats/jsonl";
import type { Model } from "../models/types";
import type { PreviewWindow } from "../schemas/export";
import type { Window } from "../windows/types";
import { encodeQuery, openEncoded, type Written } from "./encode";
import { sourceFailure } from "./errors";
import { type PlannedFile, type PlannedTable, planFiles } from "./plan";

const SAMPLE_ROWS = 5;
const SHOWN_KEYS = 100;

/** What is previewed: an export that may not be saved yet, of a project of the source. */
export interface Previewed {
  sourceProjectId: number;
  spec: RunSpec;
  salt: string;
}

/** A request id as it will be: of the same length, and plainly none. */
const EXAMPLE_REQUEST = "request000000000";

function tableOf({ sourceProjectId, spec, salt }: Previewed, model: Model, window: Window): PlannedTable {
  const { destination, columns, filters } = spec;
  return {
    written: {
      selection: { model, sourceProjectId, filters, window },
      encoding: writingOf(destination).encoding(model, destination, columns),
      salt,
    },
    split: writingOf(destination).split(model, destination),
    maxFileBytes: writingOf(destination).maxFileBytes(destination),
  };
}

/**
 * What one window would come to: its keys, rows, bytes before compression and files, with the first of these as it is planned.
 * Writes nothing. Throws an `ExportError`.
 */
export async function previewWindow(
  of: Previewed,
  window: Window,
  signal: AbortSignal,
): Promise<{ preview: PreviewWindow; first: PlannedFile | undefined }> {
  const { model, destination } = of.spec;
  const plan = await planFiles(
    writingOf(destination)
      .tables(model)
      .map((part) => tableOf(of, part, window)),
    signal,
  );
  const { sourceProjectId } = of;
  const keyed = {
    ...{ model, destination, window, sourceProjectId, runAt: window.end },
    ...{ runId: "run", requestId: EXAMPLE_REQUEST },
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

/** The first rows of a window's first file as they will lie in it, and the text before them; Parquet's and a warehouse's rows as JSON. */
export async function previewRows(
  of: Previewed,
  window: Window,
  first: PlannedFile | undefined,
  signal: AbortSignal,
): Promise<{ header: string; sampleRows: string[] }> {
  const { destination, model: name } = of.spec;
  const model = first?.model ?? writingOf(destination).tables(name)[0]!;
  const { written } = tableOf(of, model, window);
  // Nobody sees a warehouse's files: what counts there are the rows.
  const asJson = written.encoding.rows === "parquet" || destination.type !== "s3";
  const encoding = asJson
    ? { ...written.encoding, select: jsonl.select(written.encoding.shape, { defuseFormulas: false }) }
    : written.encoding;
  const rows = first ? await firstRows({ ...written, encoding: { ...encoding, ...PLAIN } }, first.bounds, signal) : [];
  const before = encodeQuery(written, first).settings.format_custom_result_before_delimiter;
  return { header: asJson || before === undefined ? "" : String(before), sampleRows: rows };
}

/** Rows alone, one after the other, with nothing around them. */
const PLAIN = { clickhouseFormat: "JSONEachRow", codec: "none", settings: () => ({}) } as const;

async function firstRows(written: Written, bounds: FileBounds, signal: AbortSignal): Promise<string[]> {
  // As JSON, because a row of CSV may hold line breaks.
  const row = `${written.encoding.select} AS row`;
  const query = encodeQuery(
    { ...written, encoding: { ...written.encoding, select: row } },
    { bounds, limit: SAMPLE_ROWS },
  );
  try {
    const lines = (await text(await openEncoded(query, signal))).split("\n").slice(0, -1);
    return lines.map((line) => (JSON.parse(line) as { row: string }).row);
  } catch (error) {
    throw sourceFailure(error);
  }
}
