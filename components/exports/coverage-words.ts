import { wordsOf } from "@/components/windows/state-words";
import { OUTCOMES } from "@/lib/client/check-words";
import { formatInterval, plural } from "@/lib/client/format";
import { QUIET_OUTCOMES } from "@/lib/fields/check-names";
import type { Coverage } from "@/lib/schemas/run";

const wordOf = (window: Coverage) => wordsOf(window).label.toLowerCase();

/** Whether the last check of a committed window found something. */
export const hasFinding = ({ state, outcome }: Coverage): boolean =>
  state === "committed" && outcome !== null && !QUIET_OUTCOMES.includes(outcome);

/** How many of some windows are committed, and what the others are. */
export function coverageSummary(windows: readonly Coverage[]): string {
  const counts = new Map<string, number>();
  for (const window of windows.filter(({ state }) => state !== "not_expected"))
    counts.set(wordOf(window), (counts.get(wordOf(window)) ?? 0) + 1);
  // A due window is not late yet, so it doesn't count, and neither does one that was never expected.
  const past = windows.filter(({ state }) => state !== "due" && state !== "not_expected").length;
  const rest = [...counts].filter(([word]) => word !== "committed").map(([word, count]) => `${count} ${word}`);
  const found = windows.filter(hasFinding).length;
  return [
    `${counts.get("committed") ?? 0} of ${plural(past, "window")} committed`,
    ...rest,
    ...(found > 0 ? [plural(found, "finding")] : []),
  ].join(" · ");
}

/** One window in words: its times, state, rows, and what the last check found. */
export function windowWords(window: Coverage): string {
  const { start, end, rows, outcome } = window;
  const facts = [
    wordOf(window),
    rows !== undefined && plural(rows, "row"),
    outcome !== null && `last check: ${OUTCOMES[outcome].label.toLowerCase()}`,
  ];
  return `${formatInterval(start, end)} UTC: ${facts.filter(Boolean).join(", ")}`;
}
