import { DAY, HOUR, MINUTE } from "../units";
import type { Checks } from "./checks";

// What checks are called. Apart from their schemas, which pages load only with forms.

/** When the source is asked again for a committed window: time after the commit, in ms. */
export const LOOKS = { "10m": 10 * MINUTE, "1h": HOUR, "1d": DAY, "7d": 7 * DAY, "30d": 30 * DAY } as const;

export type Look = keyof typeof LOOKS;

export const LOOK_NAMES = Object.keys(LOOKS) as [Look, ...Look[]];

/** The look that also compares fingerprints, and those after it that were late enough to stand in for it. */
export const FINGERPRINT_LOOK: Look = "1d";

export const CHECK_KINDS = ["source", "destination", "deep"] as const;

export type CheckKind = (typeof CHECK_KINDS)[number];

/** What a question to the source found. docs/checks.md explains each. */
export const SOURCE_OUTCOMES = ["unchanged", "late", "shrunk", "gone", "changed", "unknown"] as const;

/** What an audit of the destination found. */
export const DESTINATION_OUTCOMES = ["intact", "missing", "changed", "extra", "unreadable", "unknown"] as const;

export const CHECK_OUTCOMES = [
  "unchanged",
  "late",
  "shrunk",
  "gone",
  "intact",
  "missing",
  "changed",
  "extra",
  "unreadable",
  "unknown",
] as const;

export type SourceOutcome = (typeof SOURCE_OUTCOMES)[number];
export type DestinationOutcome = (typeof DESTINATION_OUTCOMES)[number];
export type CheckOutcome = (typeof CHECK_OUTCOMES)[number];

/** Outcomes with nothing to do: all is as the receipt says, or it could not be found out. */
export const QUIET_OUTCOMES: readonly CheckOutcome[] = ["unchanged", "intact", "unknown"];

export const AUDITS = ["daily", "weekly", "off"] as const;
export const ON_LATE = ["heal", "ask", "report"] as const;

/** Keys that one check names of each kind; its reason says how many there are. */
export const MOST_NAMED = 20;

export const DEFAULT_CHECKS: Checks = {
  source: [...LOOK_NAMES],
  destination: "daily",
  destinationDays: 30,
  expectDeletion: false,
  deepShare: 0.01,
  onLate: "heal",
};
