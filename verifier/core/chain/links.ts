import type { Reporter } from "../finding";
import type { Summary } from "../summary";

/** The links of one export by number, from wherever they are known. */
export type Known = ReadonlyMap<number, Summary>;

export const sequenceOf = ({ link }: Summary): number => link?.sequence ?? 0;

/** A chain object counts before a manifest. Reports two different statements with one number. */
export function numbered(links: readonly Summary[], manifests: readonly Summary[], reporter: Reporter): Known {
  const known = new Map<number, Summary>();
  for (const summary of [...links, ...manifests]) {
    const sequence = sequenceOf(summary);
    if (sequence === 0) continue;
    const other = known.get(sequence);
    if (!other) known.set(sequence, summary);
    else if (other.hash !== summary.hash)
      reporter
        .about(summary.name)
        .wrong("sequence", `link ${sequence} once`, `another link ${sequence}: ${other.name}`);
  }
  return known;
}

/** Reports gaps in the numbers, and links that don't follow the one before. */
export function checkLinks(known: Known, isWhole: boolean, reporter: Reporter): void {
  const last = Math.max(0, ...known.keys());
  let gap = 0;
  for (let sequence = 1; sequence <= last; sequence += 1) {
    const summary = known.get(sequence);
    if (!summary) {
      gap ||= sequence;
      continue;
    }
    if (gap) reportGap(gap, sequence - 1, isWhole, reporter);
    gap = 0;
    const before = known.get(sequence - 1);
    const about = reporter.about(summary.name);
    if (sequence === 1) about.same("previous", "null", summary.link?.previous ?? "null");
    else if (before) about.same("previous", before.hash, summary.link?.previous ?? "null");
  }
}

function reportGap(first: number, last: number, isWhole: boolean, reporter: Reporter): void {
  const which = first === last ? `link ${first}` : `links ${first} to ${last}`;
  if (isWhole) reporter.wrong("chain", which, "nothing");
  else reporter.unknown("chain", which, "not in what was checked");
}
