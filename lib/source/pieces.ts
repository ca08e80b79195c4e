import type { SourceTable } from "../rows/tables/types";
import { TIME_TYPE } from "../rows/tables/window";
import type { Sql } from "./predicate";
import { clickhouseTime } from "./time";

/** A half-open time range, in µs since the epoch. */
export interface Span {
  from: number;
  to: number;
}

/** Time that one query measures, in µs, so that none is silent for long; and maximum queries per window. */
const [LENGTH, MOST] = [86_400_000_000, 64];

/**
 * Divides a long span into pieces of whole steps, which are measured in sequence and add up to the same. A table that
 * is itself a query over the window is measured at once: every piece would run that query again.
 */
export function piecesOf({ from, table }: Pick<SourceTable, "from" | "table">, span: Span, step: number): Span[] {
  const length = span.to - span.from;
  const count = from === table ? Math.min(MOST, Math.ceil(length / LENGTH)) : 1;
  if (count <= 1) return [span];
  const each = Math.ceil(length / count / step) * step;
  const pieces: Span[] = [];
  for (let at = span.from; at < span.to; at += each) pieces.push({ from: at, to: Math.min(at + each, span.to) });
  return pieces;
}

export const inPiece = ({ from, to }: Span): Sql => ({
  sql: ` AND inserted_at >= {pieceStart:${TIME_TYPE}} AND inserted_at < {pieceEnd:${TIME_TYPE}}`,
  params: { pieceStart: clickhouseTime(from), pieceEnd: clickhouseTime(to) },
});
