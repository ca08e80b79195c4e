import { type Cost, problemsOf } from "./limits";

const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1);

const HEADINGS = ["page", "JavaScript kB", "ahead kB", "LCP ms", "CLS", "requests"];

/** The costs of pages as a Markdown table, the largest first. */
export function table(costs: readonly Cost[]): string {
  const rows = [...costs]
    .sort((a, b) => b.script - a.script)
    .map(({ name, script, ahead, largestPaint, shift, requests }) =>
      [
        name,
        kilobytes(script),
        kilobytes(ahead),
        largestPaint,
        shift,
        Number.isFinite(requests) ? requests : "none",
      ].map(String),
    );
  const widths = HEADINGS.map((heading, at) => Math.max(heading.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(" | ")} |`;
  const rule = widths.map((width, at) => (at === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(HEADINGS), line(rule), ...rows.map(line)].join("\n");
}

/** What costs too much, a line for each page; empty if all fit. */
export const tooMuch = (costs: readonly Cost[]): string[] =>
  costs.flatMap((cost) => {
    const problems = problemsOf(cost);
    return problems.length === 0 ? [] : [`${cost.name}: ${problems.join("; ")}.`];
  });
