import type { Reporter } from "../finding";
import type { Summary } from "../summary";
import { inOrder, type Known } from "./links";

export interface Lives {
  /** Receipts that no longer count, by hash. */
  dead: ReadonlyMap<string, "superseded" | "void">;
  /** Receipts whose replacement is void. Their manifest may have been removed for it. */
  shaken: ReadonlySet<string>;
}

/** Which receipts still count, and whether each one that replaces or voids another names it truly. */
export function livesOf(known: Known, firsts: readonly Summary[], isWhole: boolean, reporter: Reporter): Lives {
  const byHash = new Map([...firsts, ...known.values()].map((summary) => [summary.hash, summary]));
  const links = inOrder(known).map(([, summary]) => summary);
  const dead = new Map<string, "superseded" | "void">();
  for (const summary of links) {
    const about = reporter.about(summary.name);
    if (summary.link?.voids) {
      dead.set(summary.link.voids.sha256, "void");
      checkVoids(summary, byHash.get(summary.link.voids.sha256), isWhole, about);
    }
    const { supersedes } = summary.link ?? {};
    const earlier = supersedes?.sha256 ? byHash.get(supersedes.sha256) : undefined;
    if (supersedes) checkSupersedes(summary, earlier, mayBeMissing(summary, known, isWhole), about);
  }
  const shaken = new Set<string>();
  for (const { hash, link } of links) {
    if (!link?.supersedes?.sha256) continue;
    if (dead.get(hash) === "void") shaken.add(link.supersedes.sha256);
    else bury(link.supersedes.sha256, byHash, dead);
  }
  return { dead, shaken };
}

/** Buries a replaced receipt, and the one that it would have replaced if it hadn't been void. */
function bury(first: string, byHash: ReadonlyMap<string, Summary>, dead: Map<string, "superseded" | "void">): void {
  let hash: string | null | undefined = first;
  while (hash) {
    const wasVoid: boolean = dead.get(hash) === "void";
    if (!wasVoid) dead.set(hash, "superseded");
    hash = wasVoid ? byHash.get(hash)?.link?.supersedes?.sha256 : undefined;
  }
}

/** Why a replaced receipt may be unknown: it was of version 1, whose manifest is gone, or the chain isn't whole. */
function mayBeMissing({ link }: Summary, known: Known, isWhole: boolean): string | null {
  if (link?.supersedes?.sha256 === null) return "no hash of it was recorded";
  if (!isWhole) return "the chain was not checked";
  const first = known.get(1);
  return !first || first.link?.genesis ? "it might be of version 1, whose manifest was replaced" : null;
}

const windowText = ({ window }: Summary) => `${window?.start} to ${window?.end}`;

function checkSupersedes(by: Summary, earlier: Summary | undefined, excuse: string | null, about: Reporter): void {
  const { sha256, runId } = by.link!.supersedes!;
  const expected = `an earlier receipt ${sha256 ?? `of the run ${runId}`}`;
  if (!earlier) {
    if (excuse) about.unknown("supersedes", expected, excuse);
    else about.wrong("supersedes", expected, "nothing");
  } else if (!earlier.window || (earlier.link?.sequence ?? 0) >= by.link!.sequence)
    about.wrong("supersedes", expected, earlier.name);
  else if (windowText(earlier) !== windowText(by)) about.wrong("supersedes", windowText(by), windowText(earlier));
  else about.same("supersedes", runId, earlier.runId);
}

function checkVoids(by: Summary, earlier: Summary | undefined, isWhole: boolean, about: Reporter): void {
  const { sequence, sha256 } = by.link!.voids!;
  const expected = `link ${sequence}, ${sha256}`;
  if (!earlier?.window && !isWhole) about.unknown("voids", expected, "the chain was not checked");
  else if (!earlier?.window || sequence >= by.link!.sequence) about.wrong("voids", expected, "nothing");
  else if (earlier.link?.sequence !== sequence) about.wrong("voids", expected, `link ${earlier.link?.sequence}`);
  else about.same("voids", by.runId, earlier.runId);
}
