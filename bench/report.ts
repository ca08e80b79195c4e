import type { Case } from "./cases";
import { type Cost, median, moverSeconds, type Round, ratio } from "./measure";

export interface CaseResult {
  name: string;
  data: string;
  rows: number;
  files: number;
  bytes: number;
  /** The name of the other method. */
  other: string;
  rounds: readonly Round[];
  /** Of the worker during this case, in MB; null where the system doesn't report it. */
  peakMemoryMb: number | null;
}

const verdict = (value: number, aim: number | undefined) =>
  aim === undefined ? "" : ` (aim at most ${aim}: ${value <= aim ? "reached" : "missed"})`;

const cost = (name: string, { seconds, processor }: Cost) => {
  const each = Object.entries(processor).filter(([, value]) => value >= 0.05);
  return `${name} ${seconds.toFixed(2)} s (processor ${each.map(([who, value]) => `${who} ${value.toFixed(1)}`).join(", ")})`;
};

/** A case's lines: both methods in each round, then the median ratios with their targets. */
export function reportCase({ aims }: Pick<Case, "aims">, result: CaseResult): string {
  const { rounds, other, rows } = result;
  const processor = ratio(rounds, moverSeconds);
  const seconds = ratio(rounds, (it) => it.seconds);
  const rate = Math.round(rows / median(rounds.map(({ penstock }) => penstock.seconds)));
  return [
    `${result.name}, ${rows} ${result.data} rows, ${result.files} files, ${result.bytes} bytes`,
    ...rounds.map((round, i) => `  round ${i + 1}: ${cost("Penstock", round.penstock)}; ${cost(other, round.other)}`),
    `  processor seconds ${processor.toFixed(2)}${verdict(processor, aims.processor)}`,
    `  seconds ${seconds.toFixed(2)}${verdict(seconds, aims.seconds)}`,
    `  ${rate} rows/s, worker's peak memory ${result.peakMemoryMb ?? "unknown"} MB`,
  ].join("\n");
}
