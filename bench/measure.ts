import { type Processes, type ProcessorSeconds, processorSeconds, used } from "./processes";

/** The cost of exporting the day once with one method. */
export interface Cost {
  seconds: number;
  processor: ProcessorSeconds;
}

/** Both methods, one after the other on the same rows, Penstock first. */
export interface Round {
  penstock: Cost;
  other: Cost;
}

/** Measures `work`, which returns its own duration in seconds. */
export async function measure(processes: Processes, work: () => Promise<number>): Promise<Cost> {
  const before = processorSeconds(processes);
  const seconds = await work();
  return { seconds, processor: used(before, processorSeconds(processes)) };
}

export const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The processes that read, encode, and send. The results list storage, ledger, and workflows separately. */
const MOVERS = ["ClickHouse", "worker", "client"];

export const moverSeconds = ({ processor }: Cost) => MOVERS.reduce((sum, name) => sum + (processor[name] ?? 0), 0);

/** The median ratio of Penstock to the other method over all rounds. */
export const ratio = (rounds: readonly Round[], of: (cost: Cost) => number) =>
  median(rounds.map(({ penstock, other }) => of(penstock) / of(other)));
