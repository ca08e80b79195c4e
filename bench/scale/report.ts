import { mkdirSync, writeFileSync } from "node:fs";
import type { Machine } from "../results";
import type { Size } from "./size";

const FOLDER = "bench/results";
/** Target for p50, in ms. */
const AIM = 100;

/** A request and its measurements. */
export interface Asked {
  name: string;
  /** Of each round. */
  ms: readonly number[];
  /** Of the response, as JSON. */
  bytes: number;
  plans: { statement: string; plan: string }[];
}

/** The smallest value that at least `share` of the values do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

const line = ({ name, ms, bytes, plans }: Asked) => {
  const [p50, p95] = [quantile(ms, 0.5), quantile(ms, 0.95)];
  const numbers = [p50, p95].map((value) => value.toFixed(1).padStart(9)).join("");
  const size = `${Math.ceil(bytes / 1000)} KB`.padStart(9);
  return `${name.padEnd(48)}${numbers}${size}${String(plans.length).padStart(5)}${p50 > AIM ? "  over" : ""}`;
};

const title = ({ exports, runs }: Size, rounds: number) =>
  `${exports} exports, ${runs} runs; ms of ${rounds} rounds, over ${AIM} ms at p50 marked`;

/** One line per request. */
export function reportOf(asked: readonly Asked[], size: Size, rounds: number): string {
  const head = `${"request".padEnd(48)}${"p50".padStart(9)}${"p95".padStart(9)}${"answer".padStart(9)}${"sql".padStart(5)}`;
  return [title(size, rounds), head, ...asked.map(line)].join("\n");
}

/** Writes the report of a ledger size, with the plan of each statement. Returns the file's path. */
export function writeReport(on: Machine, size: Size, asked: readonly Asked[]): string {
  mkdirSync(FOLDER, { recursive: true });
  const file = `${FOLDER}/scale-${size.runs}.txt`;
  const ran = `${on.commit}, ${on.startedAt}, ${on.cores} cores, load average ${on.loadAverage.join(" ")}`;
  const rounds = asked[0]?.ms.length ?? 0;
  const plans = asked.flatMap(({ name, plans }) =>
    plans.map(({ statement, plan }) => `--- ${name}\n${statement.trim()}\n${plan}\n`),
  );
  writeFileSync(file, [ran, reportOf(asked, size, rounds), "", ...plans].join("\n"));
  return file;
}
