import type { Cost } from "@/lib/fields/cost";
import { formatBytes } from "./format";

const formatDollars = (dollars: number): string => (dollars < 0.01 ? "under $0.01" : `$${dollars.toFixed(2)}`);

/** One word where both ends of a range read the same. */
function between({ from, to }: { from: number; to: number }, format: (value: number) => string): string {
  const [least, most] = [format(from), format(to)];
  return least === most ? least : `${least} to ${most}`;
}

/** An expected cost as named figures; none if nothing is known. */
export function costFigures({ perRun, perMonth, dollarsPerMonth }: Cost): (readonly [name: string, figure: string])[] {
  return [
    ...(perRun ? [["Per run", between(perRun, formatBytes)] as const] : []),
    ...(perMonth ? [["A month", between(perMonth, formatBytes)] as const] : []),
    ...(dollarsPerMonth ? [["Per month at list price", between(dollarsPerMonth, formatDollars)] as const] : []),
  ];
}
