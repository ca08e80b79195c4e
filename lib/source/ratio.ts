import type { FileBounds } from "../db/schema/runs";
import { Meter } from "../pump/meter";
import { queryRows } from "./client";
import { encodeQuery, openEncoded, sampled, type Written, withClause } from "./encode";
import { sourceFailure } from "./errors";
import { predicate } from "./predicate";

/** About how many rows a ratio is measured on. */
const SAMPLE_ROWS = 20_000;

/**
 * How many planned bytes make one in the bucket, measured on a sample that the rows' own ids choose: the same rows give the
 * same ratio, so a plan stays reproducible. It makes up for the compression and for what the planned size leaves out.
 */
export async function sizeRatio(
  written: Written,
  part: { bounds: FileBounds; rows: number },
  signal?: AbortSignal,
): Promise<number> {
  const { bounds, rows } = part;
  const everyNth = Math.max(1, Math.floor(rows / SAMPLE_ROWS));
  const [planned, measured] = await Promise.all([
    plannedBytes(written, bounds, everyNth, signal),
    measuredBytes(written, bounds, everyNth, signal),
  ]);
  return planned === 0 || measured === 0 ? 1 : planned / measured;
}

async function plannedBytes(written: Written, bounds: FileBounds, everyNth: number, signal?: AbortSignal) {
  const { selection, encoding, salt } = written;
  const where = predicate(selection, bounds);
  const expressions = withClause(encoding);
  const query =
    `${expressions}SELECT sum(${encoding.size}) AS bytes FROM ${selection.model.from} ` +
    `WHERE ${where.sql}${sampled(selection, everyNth)}`;
  const [row] = await queryRows<{ bytes: string }>(query, { ...where.params, salt }, {}, signal);
  return Number(row?.bytes ?? 0);
}

async function measuredBytes(written: Written, bounds: FileBounds, everyNth: number, signal?: AbortSignal) {
  const stream = await openEncoded(encodeQuery(written, { bounds, everyNth }), signal);
  const meter = new Meter(written.encoding);
  try {
    for await (const chunk of stream) await meter.add(chunk as Buffer);
    return (await meter.finish()).bytes;
  } catch (error) {
    throw sourceFailure(error);
  }
}
