import { type DestinationOutcome, MOST_NAMED } from "@/lib/fields/checks";
import type { Finding } from "@/lib/services/checks";
import type { Audited, Named } from "./audited";

/** What an audit found about a run's objects. */
export interface Facts {
  missing: Named[];
  changed: Named[];
  unreadable: Named[];
  /** Keys of objects that don't belong to it. */
  extra: string[];
  /** Whether there may be more extra ones than were looked at. */
  hasMoreExtra: boolean;
  /** Why nothing can be said; null if something can. */
  unknown: string | null;
  /** Whether it may be found out soon. */
  isTemporary: boolean;
  /** Limits of what was found, one sentence each. */
  notes: string[];
  /** Files whose bytes were read back. */
  readBack: number;
}

export const noFacts = (): Facts => ({
  missing: [],
  changed: [],
  unreadable: [],
  extra: [],
  hasMoreExtra: false,
  unknown: null,
  isTemporary: false,
  notes: [],
  readBack: 0,
});

/** What an audit found about a run, apart from which run it is. */
export type Found = Pick<Finding, "kind" | "outcome" | "reason" | "expected" | "found" | "isTemporary">;

/** What is found in the end: the worst comes first, and nothing is called intact while something is unknown. */
export function conclude({ run, named }: Audited, facts: Facts, isDeep: boolean): Found {
  const outcome = outcomeOf(facts);
  return {
    kind: isDeep || facts.readBack > 0 ? "deep" : "destination",
    outcome,
    reason: reasonOf(outcome, facts, named.length),
    expected: { rows: run.rows },
    found: foundOf(outcome, facts, run.rows),
    ...(outcome === "unknown" && facts.isTemporary && { isTemporary: true }),
  };
}

function outcomeOf({ missing, changed, unreadable, extra, unknown }: Facts): DestinationOutcome {
  if (missing.length > 0) return "missing";
  if (changed.length > 0) return "changed";
  if (unreadable.length > 0) return "unreadable";
  if (unknown !== null) return "unknown";
  return extra.length > 0 ? "extra" : "intact";
}

function reasonOf(outcome: DestinationOutcome, facts: Facts, all: number): string | null {
  const { missing, changed, unreadable, extra, hasMoreExtra, unknown, notes } = facts;
  const of = (those: readonly Named[], what: string) =>
    those.length === 0
      ? []
      : [`${those.length} of the ${objects(all)} that the receipt names ${areOrIs(those)} ${what}.`];
  const sentences = [
    ...of(missing, "missing"),
    ...of(changed, "not the one that was written"),
    ...of(
      unreadable,
      `unreadable: ${unreadable
        .slice(0, 3)
        .map(({ key }) => key)
        .join(", ")}`,
    ),
    ...(outcome === "unknown" && unknown !== null ? [unknown] : []),
    ...(extra.length > 0
      ? [
          `${hasMoreExtra ? "At least " : ""}${objects(extra.length)} of this window ${extra.length === 1 ? "is" : "are"} beside what the receipt names.`,
        ]
      : []),
    ...notes,
  ];
  return sentences.length === 0 ? null : sentences.join(" ");
}

const objects = (count: number) => (count === 1 ? "1 object" : `${count} objects`);
const areOrIs = ({ length }: readonly Named[]) => (length === 1 ? "is" : "are");

function foundOf(
  outcome: DestinationOutcome,
  { missing, changed, extra }: Facts,
  rows: number | null,
): Finding["found"] {
  const keys = (those: readonly Named[]) => those.slice(0, MOST_NAMED).map(({ key }) => key);
  const gone = missing.reduce((sum, { rows }) => sum + rows, 0);
  const isCounted =
    rows !== null && (outcome === "intact" || outcome === "extra" || (outcome === "missing" && changed.length === 0));
  return {
    rows: isCounted ? rows - gone : null,
    ...(missing.length > 0 && { missing: keys(missing) }),
    ...(changed.length > 0 && { changed: keys(changed) }),
    ...(extra.length > 0 && { extra: extra.slice(0, MOST_NAMED) }),
  };
}
