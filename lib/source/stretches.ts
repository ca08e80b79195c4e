import type { FileBounds } from "../db/schema/runs";
import { queryRows } from "./client";
import type { Stretch } from "./cut";
import { type Written, withClause } from "./encode";
import { type MeasuresRow, measureColumns, rowMeasures, toMeasures } from "./measures";
import { predicate } from "./predicate";
import { clickhouseTime, micros } from "./time";

/** Into how many equal times a window is divided at first: enough that files come close to their size. */
const SLICES = 2000;
/** Windows longer than that, in µs, are looked at first for where their rows really lie. */
const LONG = 32 * 86_400_000_000;

const LOWEST_UUID = "00000000-0000-0000-0000-000000000000";

/** One slice of time: a stretch, and where it ends in µs since the epoch. */
export interface Slice extends Stretch {
  fromUs: number;
  toUs: number;
}

interface Span {
  from: number;
  to: number;
}

/** Where in a part of a window its rows lie, in µs: the whole of it, or closer where a slice would be hours long. */
async function spanOf({ selection }: Written, bounds: FileBounds, signal?: AbortSignal): Promise<Span> {
  const { window, model } = selection;
  const { start, end } = bounds.hour ?? {};
  const from = start === undefined ? micros(window.start) : microsOf(start);
  const to = end === undefined ? micros(window.end) : microsOf(end);
  if (to - from <= LONG) return { from, to };
  const where = predicate(selection, bounds);
  const [row] = await queryRows<{ first: string; last: string }>(
    `SELECT toUnixTimestamp64Micro(min(inserted_at)) AS first, toUnixTimestamp64Micro(max(inserted_at)) AS last ` +
      `FROM ${model.from} WHERE ${where.sql}`,
    where.params,
    {},
    signal,
  );
  return { from: Math.max(from, Number(row?.first ?? from)), to: Math.min(to, Number(row?.last ?? to) + 1) };
}

const microsOf = (clickhouse: string) => Date.parse(`${clickhouse.slice(0, 23).replace(" ", "T")}Z`) * 1000;

/** Measures a part of a window in equal slices of time: one pass, with no sort. Slices without rows are left out. */
export async function timeStretches(written: Written, bounds: FileBounds, signal?: AbortSignal): Promise<Slice[]> {
  const { selection, encoding } = written;
  const span = await spanOf(written, bounds, signal);
  const step = Math.max(1, Math.ceil((span.to - span.from) / SLICES));
  const where = predicate(selection, bounds);
  const expressions = withClause(encoding);
  const rows = await queryRows<MeasuresRow & { slice: string }>(
    `${expressions}SELECT intDiv(toUnixTimestamp64Micro(inserted_at) - {origin:Int64}, {step:Int64}) AS slice, ` +
      `${measureColumns(written)} FROM ${selection.model.from} WHERE ${where.sql} GROUP BY slice ORDER BY slice`,
    { ...where.params, salt: written.salt, origin: String(span.from), step: String(step) },
    {},
    signal,
  );
  return rows.map((row) => {
    const fromUs = span.from + Number(row.slice) * step;
    const from = { time: clickhouseTime(fromUs), uuid: LOWEST_UUID };
    return { ...toMeasures(row), from, fromUs, toUs: Math.min(fromUs + step, span.to) };
  });
}

/**
 * Divides a stretch that is larger than a file may be, at the rows themselves: rows with one ingestion time are told apart
 * by their id, and equal (time, id) stay together. Sorts what lies in the stretch, so it is only asked where it must be.
 */
export async function rowStretches(
  written: Written,
  part: { bounds: FileBounds; fromUs: number; toUs: number; maxBytes: number },
  signal?: AbortSignal,
): Promise<Stretch[]> {
  const { selection, encoding } = written;
  const where = predicate(selection, {
    ...part.bounds,
    from: { time: clickhouseTime(part.fromUs), uuid: LOWEST_UUID },
    to: { time: clickhouseTime(part.toUs), uuid: LOWEST_UUID },
  });
  const { size, hash, replaced } = rowMeasures(written);
  const { id } = selection.model;
  const expressions = withClause(encoding);
  const each =
    `${expressions}SELECT inserted_at AS at, ${id} AS id, ${size} AS size, ${hash} AS hash, ${replaced} AS marks ` +
    `FROM ${selection.model.from} WHERE ${where.sql}`;
  const rows = await queryRows<MeasuresRow & { time: string; uuid: string }>(
    `SELECT toString(tupleElement(first, 1)) AS time, toString(tupleElement(first, 2)) AS uuid, rows, bytes, fingerprint, replaced ` +
      `FROM (SELECT min((at, id)) AS first, count() AS rows, sum(size) AS bytes, sum(hash) AS fingerprint, sum(marks) AS replaced ` +
      `FROM (SELECT at, id, size, hash, marks, intDiv(sum(size) OVER (ORDER BY at, id) - 1, {limit:UInt64}) AS slice ` +
      `FROM (${each})) GROUP BY slice) ORDER BY first`,
    { ...where.params, salt: written.salt, limit: String(part.maxBytes) },
    {},
    signal,
  );
  return rows.map((row) => ({ ...toMeasures(row), from: { time: row.time, uuid: row.uuid } }));
}
