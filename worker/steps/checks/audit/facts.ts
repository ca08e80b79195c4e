import type { Refusal } from "@/lib/destinations/stored-objects";
import { type DestinationOutcome, MOST_NAMED } from "@/lib/fields/checks";
import type { Finding } from "@/lib/services/checks";
import type { Audited, Named } from "./audited";
import { reasonOf } from "./reason";

/** An object that can't be read. `hidden`: it can be neither listed nor looked at, so it may as well be missing. */
export interface Unread {
  named: Named;
  why: Refusal | "hidden";
}

/** What an audit found about a run's objects. */
export interface Facts {
  missing: Named[];
  changed: Named[];
  /** Those that had to be read or looked at, and can't be. */
  unreadable: Unread[];
  /** Those that were only part of a sample, and can't be read. */
  unread: Unread[];
  /** Keys of objects that don't belong to it. */
  extra: string[];
  /** Whether there may be more extra ones than were looked at. */
  hasMoreExtra: boolean;
  /** What can't be said and why, one sentence each. */
  unknown: string[];
  /** Whether it may be found out soon. */
  isTemporary: boolean;
  /** Limits of what was found, one sentence each. */
  notes: string[];
  /** Objects that were read back, and have the bytes that were written. */
  readBack: number;
  /** Whether reading found what neither a listing nor a HEAD shows. */
  isFoundByReading: boolean;
}

export const noFacts = (): Facts => ({
  missing: [],
  changed: [],
  unreadable: [],
  unread: [],
  extra: [],
  hasMoreExtra: false,
  unknown: [],
  isTemporary: false,
  notes: [],
  readBack: 0,
  isFoundByReading: false,
});

/** What an audit found about a run, apart from which run it is. */
export type Found = Pick<Finding, "kind" | "outcome" | "reason" | "expected" | "found" | "isTemporary">;

/** What is asked of an audit. */
export interface Asked {
  /** Whether everything is to be read back. */
  isDeep: boolean;
  /** Whether consumers delete files, so that absence must hide nothing else. */
  expectDeletion: boolean;
}

/** What is found in the end: the worst comes first, and nothing is called intact while something is unknown. */
export function conclude({ run, named }: Pick<Audited, "run" | "named">, facts: Facts, asked: Asked): Found {
  const outcome = outcomeOf(facts, asked);
  return {
    kind: kindOf(outcome, facts, named.length, asked),
    outcome,
    reason: reasonOf(facts, named.length),
    expected: { rows: run.rows },
    found: foundOf(facts, run.rows),
    ...(outcome === "unknown" && facts.isTemporary && { isTemporary: true }),
  };
}

function outcomeOf(facts: Facts, { expectDeletion }: Asked): DestinationOutcome {
  const { missing, changed, unknown, extra, isTemporary } = facts;
  // A deletion that is expected may be all there is to it.
  const unreadable = facts.unreadable.filter(({ why }) => !(expectDeletion && why === "hidden"));
  if (missing.length > 0 && !expectDeletion) return "missing";
  if (changed.length > 0) return "changed";
  if (unreadable.length > 0) return "unreadable";
  // What may be found out soon is looked at again then.
  if (unknown.length > 0 && isTemporary) return "unknown";
  if (extra.length > 0) return "extra";
  if (missing.length > 0) return "missing";
  return unknown.length > 0 || facts.unreadable.length > 0 ? "unknown" : "intact";
}

/**
 * `deep` says that all bytes were read, or that only reading finds what was found: a later look that doesn't read them
 * says nothing about it. A deep check that was asked for is one whatever it finds wrong.
 */
function kindOf(outcome: DestinationOutcome, facts: Facts, all: number, { isDeep }: Asked): Found["kind"] {
  if (facts.isFoundByReading) return "deep";
  if (isDeep && outcome !== "intact" && outcome !== "extra") return "deep";
  return facts.readBack === all && (isDeep || all > 0) ? "deep" : "destination";
}

function foundOf({ missing, changed, unreadable, unknown, extra }: Facts, rows: number | null): Finding["found"] {
  const keys = (those: readonly Named[]) => those.slice(0, MOST_NAMED).map(({ key }) => key);
  const gone = missing.reduce((sum, { rows }) => sum + rows, 0);
  const isCounted = rows !== null && changed.length + unreadable.length + unknown.length === 0;
  return {
    rows: isCounted ? rows - gone : null,
    ...(missing.length > 0 && { missing: keys(missing) }),
    ...(changed.length > 0 && { changed: keys(changed) }),
    ...(extra.length > 0 && { extra: extra.slice(0, MOST_NAMED) }),
  };
}
