import type { Reporter } from "../finding";
import type { Summary } from "../summary";

/** No row is in two receipts: windows of one export never overlap. */
export function checkWindows(live: readonly Summary[], reporter: Reporter): void {
  const sorted = live
    .flatMap(({ name, window }) => (window ? [{ name, ...window }] : []))
    .sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
  let latest = sorted[0];
  for (const next of sorted.slice(1)) {
    if (latest && next.start < latest.end)
      reporter.about(next.name).wrong("window", `a start from ${latest.end}, where ${latest.name} ends`, next.start);
    if (!latest || next.end > latest.end) latest = next;
  }
}
