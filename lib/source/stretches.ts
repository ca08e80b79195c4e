import type { Format } from "../formats/types";
import { queryRows } from "./client";
import type { Stretch } from "./cut";
import { predicate, rowHash, type Selection } from "./predicate";
import { clickhouseTime, micros } from "./time";

/** Into how many equal times a window is divided at first: enough that files come close to their size. */
const SLICES = 2000;

const LOWEST_UUID = "00000000-0000-0000-0000-000000000000";

interface StretchRow {
  slice: string;
  time: string;
  uuid: string;
  rows: string;
  bytes: string;
  fingerprint: string;
}

const measures = (selection: Selection, format: Format) =>
  `count() AS rows, sum(${format.sizeExpression(selection.model.columns)}) AS bytes, ` +
  `sum(${rowHash(selection.model)}) AS fingerprint`;

const toStretch = (row: Omit<StretchRow, "slice">): Stretch => ({
  from: { time: row.time, uuid: row.uuid },
  rows: Number(row.rows),
  bytes: Number(row.bytes),
  fingerprint: BigInt(row.fingerprint),
});

/** Measures a window in equal slices of time: one pass over the source, with no sort. Slices without rows are left out. */
export async function timeStretches(selection: Selection, format: Format, signal?: AbortSignal) {
  const { window } = selection;
  const step = Math.max(1, Math.ceil((micros(window.end) - micros(window.start)) / SLICES));
  const where = predicate(selection);
  const rows = await queryRows<StretchRow>(
    `SELECT intDiv(toUnixTimestamp64Micro(inserted_at) - {origin:Int64}, {step:Int64}) AS slice, ` +
      `${measures(selection, format)} FROM ${selection.model.table} WHERE ${where.sql} GROUP BY slice ORDER BY slice`,
    { ...where.params, origin: String(micros(window.start)), step: String(step) },
    {},
    signal,
  );
  return rows.map((row) => {
    const from = micros(window.start) + Number(row.slice) * step;
    const to = Math.min(from + step, micros(window.end));
    return { ...toStretch({ ...row, time: clickhouseTime(from), uuid: LOWEST_UUID }), fromUs: from, toUs: to };
  });
}

/**
 * Divides a stretch that is larger than a file may be, at the rows themselves: rows with one ingestion time are told apart
 * by uuid, and equal (time, uuid) stay together. Sorts what lies in the stretch, so it is only asked where it must be.
 */
export async function rowStretches(
  selection: Selection,
  format: Format,
  part: { fromUs: number; toUs: number; maxBytes: number },
  signal?: AbortSignal,
): Promise<Stretch[]> {
  const where = predicate(selection, {
    from: { time: clickhouseTime(part.fromUs), uuid: LOWEST_UUID },
    to: { time: clickhouseTime(part.toUs), uuid: LOWEST_UUID },
  });
  const { columns } = selection.model;
  const rows = await queryRows<StretchRow>(
    `SELECT toString(tupleElement(first, 1)) AS time, toString(tupleElement(first, 2)) AS uuid, rows, bytes, fingerprint ` +
      `FROM (SELECT min((inserted_at, uuid)) AS first, count() AS rows, sum(size) AS bytes, sum(hash) AS fingerprint FROM (` +
      `SELECT inserted_at, uuid, size, hash, intDiv(sum(size) OVER (ORDER BY inserted_at, uuid) - 1, {limit:UInt64}) AS slice ` +
      `FROM (SELECT inserted_at, uuid, ${format.sizeExpression(columns)} AS size, ${rowHash(selection.model)} AS hash ` +
      `FROM ${selection.model.table} WHERE ${where.sql})) GROUP BY slice) ORDER BY first`,
    { ...where.params, limit: String(part.maxBytes) },
    {},
    signal,
  );
  return rows.map(toStretch);
}
