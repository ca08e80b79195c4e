import { byPlainWays } from "../rows/json/two-ways";
import { rowHash } from "../rows/tables/row-hash";
import { rowsOf, type TableExtract } from "./encode";

/** Measures of a set of rows. */
export interface Measures {
  rows: number;
  /** Estimate before compression. */
  bytes: number;
  /** Sum of row hashes modulo 2^64. */
  fingerprint: bigint;
}

/** As in ClickHouse's JSON. */
export type MeasuresRow = Record<keyof Measures, string>;

const NOTHING: Measures = { rows: 0, bytes: 0, fingerprint: 0n };

/** SQL for each measure of one row, which depends on that row only. */
export const rowMeasures = ({ selection, encoding }: TableExtract) => ({
  size: byPlainWays(encoding.size),
  hash: rowHash(selection.model),
});

/** What a query of measures reads. Sizes are estimates, for which plain expressions are enough. */
export const measuredRows = (written: TableExtract, where: string): string => byPlainWays(rowsOf(written, where));

/** SQL that measures a query's rows. */
export function measureColumns(written: TableExtract): string {
  const { size, hash } = rowMeasures(written);
  return `count() AS rows, sum(${size}) AS bytes, sum(${hash}) AS fingerprint`;
}

export const toMeasures = ({ rows, bytes, fingerprint }: MeasuresRow): Measures => ({
  rows: Number(rows),
  bytes: Number(bytes),
  fingerprint: BigInt(fingerprint),
});

/** Fingerprints add up modulo 2^64, like ClickHouse's sum of UInt64. */
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
