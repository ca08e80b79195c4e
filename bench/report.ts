import type { Case } from "./cases";

export interface Round {
  penstock: number;
  /** The way that it is held against. */
  other: number;
}

export interface Results {
  rows: number;
  rounds: readonly Round[];
  /** What the other way is called. */
  other: string;
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** A case's lines: seconds and ratio of every round, the median ratio against the aim, and the rows a second. */
export function reportCase(it: Case, { rows, rounds, other: way }: Results): string {
  const ratio = median(rounds.map(({ penstock, other }) => penstock / other));
  const seconds = median(rounds.map(({ penstock }) => penstock));
  const lines = rounds.map(
    ({ penstock, other }, i) =>
      `  round ${i + 1}: Penstock ${penstock.toFixed(2)} s, ${way} ${other.toFixed(2)} s, ratio ${(penstock / other).toFixed(2)}`,
  );
  const verdict = ratio <= it.aim ? "reached" : "missed";
  return [
    `${it.name}, ${rows} rows`,
    ...lines,
    `  median ratio ${ratio.toFixed(2)} (aim at most ${it.aim.toFixed(1)}: ${verdict}), ${Math.round(rows / seconds)} rows/s`,
  ].join("\n");
}
