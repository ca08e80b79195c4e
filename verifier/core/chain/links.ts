import type { Reporter } from "../finding";
import type { Summary } from "../summary";

/** The links of one export by number, from wherever they are known. */
export type Known = ReadonlyMap<number, Summary>;

export const inOrder = (known: Known) => [...known].sort(([a], [b]) => a - b);

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
  let next = 1;
  let before: Summary | null = null;
  // By what is there, not by number: a link may claim any number.
  for (const [sequence, summary] of inOrder(known)) {
    const hasGap = sequence > next;
    if (hasGap) reportGap(next, sequence - 1, isWhole, reporter);
    const about = reporter.about(summary.name);
    if (!hasGap) about.same("previous", before?.hash ?? "null", summary.link?.previous ?? "null");
    next = sequence + 1;
    before = summary;
  }
}

function reportGap(first: number, last: number, isWhole: boolean, reporter: Reporter): void {
  const which = first === last ? `link ${first}` : `links ${first} to ${last}`;
  if (isWhole) reporter.wrong("chain", which, "nothing");
  else reporter.unknown("chain", which, "not in what was checked");
}
