import type { Written } from "./encode";
import { rowHash } from "./predicate";

/** What lies in a set of rows. */
export interface Measures {
  rows: number;
  /** Bytes before compression, about. */
  bytes: number;
  /** Sum of row hashes modulo 2^64. */
  fingerprint: bigint;
  /** Characters that the format will replace. */
  replaced: number;
}

/** The same as ClickHouse's JSON has it. */
export type MeasuresRow = Record<keyof Measures, string>;

const NOTHING: Measures = { rows: 0, bytes: 0, fingerprint: 0n, replaced: 0 };

/** SQL for each measure of one row; none of them looks at more than the row. */
export const rowMeasures = ({ selection, encoding }: Written) => ({
  size: encoding.size,
  hash: rowHash(selection.model),
  replaced: encoding.replaced ?? "0",
});

/** SQL that measures the rows of a query. */
export function measureColumns(written: Written): string {
  const { size, hash, replaced } = rowMeasures(written);
  return `count() AS rows, sum(${size}) AS bytes, sum(${hash}) AS fingerprint, sum(${replaced}) AS replaced`;
}

export const toMeasures = ({ rows, bytes, fingerprint, replaced }: MeasuresRow): Measures => ({
  rows: Number(rows),
  bytes: Number(bytes),
  fingerprint: BigInt(fingerprint),
  replaced: Number(replaced),
});

/** Fingerprints add up modulo 2^64, as ClickHouse's sum of UInt64 does. */
const addFingerprints = (a: bigint, b: bigint) => BigInt.asUintN(64, a + b);

export const sumMeasures = (all: readonly Measures[]): Measures =>
  all.reduce(
    (sum, each) => ({
      rows: sum.rows + each.rows,
      bytes: sum.bytes + each.bytes,
      fingerprint: addFingerprints(sum.fingerprint, each.fingerprint),
      replaced: sum.replaced + each.replaced,
    }),
    NOTHING,
  );
