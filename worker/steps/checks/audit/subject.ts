import type { Audited, Named } from "./audited";
import type { Facts } from "./facts";
import type { Unknown, Verdict } from "./judge";

/** An object that a run's receipt names, and what is found of that run. */
export interface Subject {
  audited: Audited;
  named: Named;
  facts: Facts;
}

/** Notes what a listing or a HEAD showed of an object. */
export function noteSeen({ named, facts }: Subject, verdict: Verdict, isListed: boolean): void {
  if (verdict === "missing") facts.missing.push(named);
  else if (verdict === "changed") facts.changed.push(named);
  // A storage that may not be listed answers 403 for objects that are missing, too.
  else if (verdict === "refused") facts.unreadable.push({ named, why: isListed ? "refused" : "hidden" });
  else if (isUnknown(verdict)) noteUnknown(facts, verdict);
}

export function noteUnknown(facts: Facts, { unknown, isTemporary }: Unknown): void {
  if (!facts.unknown.includes(unknown)) facts.unknown.push(unknown);
  facts.isTemporary ||= isTemporary;
}

export const isUnknown = (verdict: Verdict): verdict is Unknown => typeof verdict === "object" && "unknown" in verdict;
