import { byPlainWays } from "../rows/json/two-ways";
import { rowHash } from "../rows/tables/row-hash";
import { rowsOf, type TableExtract } from "./encode";

/** What lies in a set of rows. */
export interface Measures {
  rows: number;
  /** Bytes before compression, about. */
  bytes: number;
  /** Sum of row hashes modulo 2^64. */
  fingerprint: bigint;
}

/** The same as ClickHouse's JSON has it. */
export type MeasuresRow = Record<keyof Measures, string>;

const NOTHING: Measures = { rows: 0, bytes: 0, fingerprint: 0n };

/** SQL for each measure of one row; none of them looks at more than the row. */
export const rowMeasures = ({ selection, encoding }: TableExtract) => ({
  size: byPlainWays(encoding.size),
  hash: rowHash(selection.model),
});

/** What a query of measures reads: sizes are estimates, for which the plain ways of values will do. */
export const measuredRows = (written: TableExtract, where: string): string => byPlainWays(rowsOf(written, where));

/** SQL that measures the rows of a query. */
export function measureColumns(written: TableExtract): string {
  const { size, hash } = rowMeasures(written);
  return `count() AS rows, sum(${size}) AS bytes, sum(${hash}) AS fingerprint`;
}

export const toMeasures = ({ rows, bytes, fingerprint }: MeasuresRow): Measures => ({
  rows: Number(rows),
  bytes: Number(bytes),
  fingerprint: BigInt(fingerprint),
});

/** Fingerprints add up modulo 2^64, as ClickHouse's sum of UInt64 does. */
const addFingerprints = (a: bigint, b: bigint) => BigInt.asUintN(64, a + b);

export const sumMeasures = (all: readonly Measures[]): Measures =>
  all.reduce(
    (sum, each) => ({
      rows: sum.rows + each.rows,
      bytes: sum.bytes + each.bytes,
      fingerprint: addFingerprints(sum.fingerprint, each.fingerprint),
    }),
    NOTHING,
  );
