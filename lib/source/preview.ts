import { text } from "node:stream/consumers";
import { formats } from "../formats/registry";
import type { Format } from "../formats/types";
import { fileKeys } from "../layouts/keys";
import { models } from "../models/registry";
import type { Preview, PreviewExport } from "../schemas/export";
import type { Window } from "../windows/types";
import { encodeQuery, openEncoded } from "./encode";
import { sourceFailure } from "./errors";
import { planFiles } from "./plan";
import type { Selection } from "./predicate";

const SAMPLE_ROWS = 5;
/** In ms: a preview is a help, not a reason to wait. */
const LIMIT = 20_000;

/**
 * What one window of an export would be: its keys, rows, bytes before compression and files, and its first rows as they will
 * lie in the file. Nothing is written. Throws an `ExportError`, also when the source takes longer than 20 s.
 */
export async function previewWindow(args: {
  sourceProjectId: number;
  exportSpec: PreviewExport;
  window: Window;
}): Promise<Preview> {
  const { exportSpec, window, sourceProjectId } = args;
  const { destination, model, filters } = exportSpec;
  const selection: Selection = { model: models[model], sourceProjectId, filters, window };
  const format = formats[destination.format];
  const signal = AbortSignal.timeout(LIMIT);
  const limits = { compression: destination.compression, maxFileBytes: destination.maxFileSizeMb * 1024 * 1024 };
  const plan = await planFiles(selection, format, limits, signal);
  return {
    sampleRows: await sampleRows(selection, format, signal),
    keys: fileKeys(model, destination, window, plan.files.length),
    rows: plan.rows,
    bytes: plan.bytes,
    files: plan.files.length,
    intervalStart: window.start.toISOString(),
    intervalEnd: window.end.toISOString(),
  };
}

async function sampleRows(selection: Selection, format: Format, signal: AbortSignal): Promise<string[]> {
  const stream = await openEncoded(encodeQuery(selection, format, { limit: SAMPLE_ROWS }), "none", signal);
  try {
    return (await text(stream)).split("\n").slice(0, -1);
  } catch (error) {
    throw sourceFailure(error);
  }
}
