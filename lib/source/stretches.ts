import type { FileBounds } from "../db/schema/run-files";
import { ARRIVED } from "../rows/tables/window";
import { queryRows, type Source } from "./client";
import type { Stretch } from "./cut";
import type { TableExtract } from "./encode";
import { type MeasuresRow, measureColumns, measuredRows, rowMeasures, toMeasures } from "./measures";
import { inPiece, piecesOf, type Span } from "./pieces";
import { predicate } from "./predicate";
import { clickhouseTime, micros, microsOf } from "./time";

/** How many equal slices a window is first divided into: enough for files to come close to their size. */
const SLICES = 2000;
/** Longer windows, in µs, are first narrowed to where their rows are. */
const LONG = 32 * 86_400_000_000;

const LOWEST_UUID = "00000000-0000-0000-0000-000000000000";

/** One slice of time: a stretch, and its bounds in µs since the epoch. */
export interface Slice extends Stretch {
  fromUs: number;
  toUs: number;
}

/** Time range of a part of a window, in µs: the whole part, or narrowed to its rows if longer than `LONG`. */
async function spanOf(
  source: Source,
  { selection }: TableExtract,
  bounds: FileBounds,
  signal?: AbortSignal,
): Promise<Span> {
  const { window, model } = selection;
  const { start, end } = bounds.hour ?? {};
  const from = start === undefined ? micros(window.start) : microsOf(start);
  const to = end === undefined ? micros(window.end) : microsOf(end);
  if (to - from <= LONG) return { from, to };
  const where = predicate(selection, bounds);
  const [row] = await queryRows<{ first: string; last: string }>(
    source,
    `SELECT toUnixTimestamp64Micro(min(${ARRIVED})) AS first, toUnixTimestamp64Micro(max(${ARRIVED})) AS last ` +
      `FROM ${model.from} WHERE ${where.sql}`,
    { params: where.params, signal },
  );
  return { from: Math.max(from, Number(row?.first ?? from)), to: Math.min(to, Number(row?.last ?? to) + 1) };
}

/** Measures a part of a window in equal slices of time, without a sort. Slices without rows are left out. */
export async function timeStretches(
  source: Source,
  written: TableExtract,
  bounds: FileBounds,
  signal?: AbortSignal,
): Promise<Slice[]> {
  const span = await spanOf(source, written, bounds, signal);
  const step = Math.max(1, Math.ceil((span.to - span.from) / SLICES));
  const slices: Slice[] = [];
  for (const piece of piecesOf(written.selection.model, span, step))
    for (const slice of await slicesOf(source, written, bounds, { span, step, piece }, signal)) slices.push(slice);
  return slices;
}

async function slicesOf(
  source: Source,
  written: TableExtract,
  bounds: FileBounds,
  { span, step, piece }: { span: Span; step: number; piece: Span },
  signal?: AbortSignal,
): Promise<Slice[]> {
  const where = predicate(written.selection, bounds);
  const within = inPiece(piece);
  const rows = await queryRows<MeasuresRow & { slice: string }>(
    source,
    `SELECT intDiv(toUnixTimestamp64Micro(${ARRIVED}) - {origin:Int64}, {step:Int64}) AS slice, ` +
      `${measureColumns(written)} FROM ${measuredRows(written, where.sql + within.sql)} GROUP BY slice ORDER BY slice`,
    {
      params: { ...where.params, ...within.params, salt: written.salt, origin: String(span.from), step: String(step) },
      signal,
    },
  );
  return rows.map((row) => {
    const fromUs = span.from + Number(row.slice) * step;
    const from = { time: clickhouseTime(fromUs), uuid: LOWEST_UUID };
    return { ...toMeasures(row), from, fromUs, toUs: Math.min(fromUs + step, span.to) };
  });
}

/**
 * Divides a stretch that exceeds a file, between rows: rows with equal ingestion times are distinguished by their id,
 * and equal (time, id) stay together. Sorts the stretch, so it is used only where necessary.
 */
export async function rowStretches(
  source: Source,
  written: TableExtract,
  part: { bounds: FileBounds; fromUs: number; toUs: number; maxBytes: number },
  signal?: AbortSignal,
): Promise<Stretch[]> {
  const { selection } = written;
  const where = predicate(selection, {
    ...part.bounds,
    from: { time: clickhouseTime(part.fromUs), uuid: LOWEST_UUID },
    to: { time: clickhouseTime(part.toUs), uuid: LOWEST_UUID },
  });
  const { size, hash } = rowMeasures(written);
  const { id } = selection.model;
  const each =
    `SELECT ${ARRIVED} AS at, ${id} AS id, ${size} AS size, ${hash} AS hash ` +
    `FROM ${measuredRows(written, where.sql)}`;
  const rows = await queryRows<MeasuresRow & { time: string; uuid: string }>(
    source,
    `SELECT toString(tupleElement(first, 1)) AS time, toString(tupleElement(first, 2)) AS uuid, rows, bytes, fingerprint ` +
      `FROM (SELECT min((at, id)) AS first, count() AS rows, sum(size) AS bytes, sum(hash) AS fingerprint ` +
      `FROM (SELECT at, id, size, hash, intDiv(sum(size) OVER (ORDER BY at, id) - 1, {limit:UInt64}) AS slice ` +
      `FROM (${each})) GROUP BY slice) ORDER BY first`,
    { params: { ...where.params, salt: written.salt, limit: String(part.maxBytes) }, signal },
  );
  return rows.map((row) => ({ ...toMeasures(row), from: { time: row.time, uuid: row.uuid } }));
}
