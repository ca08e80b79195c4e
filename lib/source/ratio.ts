import type { FileBounds } from "../db/schema/run-files";
import { Meter } from "../meter/meter";
import { errorAtEnd, headersOf } from "./answer";
import { queryRows, type Source } from "./client";
import { encodeQuery, type Sample, sampled, type TableExtract } from "./encode";
import { sourceFailure } from "./errors";
import { measuredRows, rowMeasures } from "./measures";
import { openEncoded } from "./open-encoded";
import { predicate } from "./predicate";
import type { Slice } from "./stretches";

/** About how many rows a ratio is measured on, and in how many places of a large window. */
const SAMPLE_ROWS = 20_000;
const PLACES = 20;

/** An even sample: by ids alone in a small window, from some slices of a large one, so that the rest is not read. */
function chooseSample(slices: readonly Slice[]): Sample {
  const rows = rowsIn(slices);
  if (rows <= SAMPLE_ROWS * 10 || slices.length <= PLACES) return { everyNth: nth(rows), times: [] };
  const step = slices.length / PLACES;
  const times = Array.from({ length: PLACES }, (_, i) => slices[Math.floor((i + 0.5) * step)]!);
  return { everyNth: nth(rowsIn(times)), times };
}

const rowsIn = (slices: readonly Slice[]) => slices.reduce((sum, slice) => sum + slice.rows, 0);
const nth = (rows: number) => Math.max(1, Math.floor(rows / SAMPLE_ROWS));

/**
 * Planned bytes per byte in the bucket, measured on a sample chosen by slices and ids: the same rows give the same
 * ratio, so plans are reproducible. Accounts for compression and for what the planned size leaves out.
 */
export async function sizeRatio(
  source: Source,
  written: TableExtract,
  part: { bounds: FileBounds; slices: readonly Slice[] },
  signal?: AbortSignal,
): Promise<number> {
  const sample = chooseSample(part.slices);
  const [planned, measured] = await Promise.all([
    plannedBytes(source, written, part.bounds, sample, signal),
    measuredBytes(source, written, part.bounds, sample, signal),
  ]);
  return planned === 0 || measured === 0 ? 1 : planned / measured;
}

async function plannedBytes(
  source: Source,
  written: TableExtract,
  bounds: FileBounds,
  sample: Sample,
  signal?: AbortSignal,
) {
  const { selection, salt } = written;
  const where = predicate(selection, bounds);
  const chosen = sampled(selection, sample);
  const rows = measuredRows(written, where.sql + chosen.sql);
  const query = `SELECT sum(${rowMeasures(written).size}) AS bytes FROM ${rows}`;
  const [row] = await queryRows<{ bytes: string }>(source, query, {
    params: { ...where.params, ...chosen.params, salt },
    signal,
  });
  return Number(row?.bytes ?? 0);
}

async function measuredBytes(
  source: Source,
  written: TableExtract,
  bounds: FileBounds,
  sample: Sample,
  signal?: AbortSignal,
) {
  const stream = await openEncoded(source, encodeQuery(written, { bounds, sample }), signal);
  const meter = new Meter(written.encoding);
  try {
    for await (const chunk of stream) await meter.add(chunk as Buffer);
    const { bytes } = await meter.finish();
    const failed = errorAtEnd(await meter.tail(), headersOf(stream));
    if (failed) throw failed;
    return bytes;
  } catch (error) {
    throw sourceFailure(error);
  }
}
