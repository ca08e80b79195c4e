import { type Processes, type ProcessorSeconds, processorSeconds, used } from "./processes";

/** What one way of exporting the day took, once. */
export interface Cost {
  seconds: number;
  processor: ProcessorSeconds;
}

/** One after the other on the same rows, Penstock first. */
export interface Round {
  penstock: Cost;
  other: Cost;
}

/** Measures work whose own seconds are what it answers. */
export async function measure(processes: Processes, work: () => Promise<number>): Promise<Cost> {
  const before = processorSeconds(processes);
  const seconds = await work();
  return { seconds, processor: used(before, processorSeconds(processes)) };
}

export const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The processes that read, encode and send; storage, ledger and workflows are in the results beside them. */
const MOVERS = ["ClickHouse", "worker", "client"];

export const moverSeconds = ({ processor }: Cost) => MOVERS.reduce((sum, name) => sum + (processor[name] ?? 0), 0);

/** Median ratio of Penstock to the other way over the rounds. */
export const ratio = (rounds: readonly Round[], of: (cost: Cost) => number) =>
  median(rounds.map(({ penstock, other }) => of(penstock) / of(other)));
