import { z } from "zod";
import { DAY, HOUR, MINUTE } from "../units";

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

const oneOf = (names: readonly string[]) => ({ error: `Must be one of: ${names.join(", ")}.` });

export const AUDITS = ["daily", "weekly", "off"] as const;
export const ON_LATE = ["heal", "ask", "report"] as const;

const checkFields = {
  /** When the source is asked again for each window; empty turns it off. */
  source: z
    .array(z.enum(LOOK_NAMES, oneOf(LOOK_NAMES)))
    .max(LOOK_NAMES.length, "Must list each time once.")
    .transform((looks) => LOOK_NAMES.filter((look) => looks.includes(look))),
  /** How often the destination is audited. */
  destination: z.enum(AUDITS, oneOf(AUDITS)),
  /** How far back audits look, in days after the commit. */
  destinationDays: z
    .number()
    .int("Must be a whole number of days.")
    .min(1, "Must be at least 1.")
    .max(3650, "Must be at most 3650."),
  /** Consumers move or delete files after loading them: their absence raises no alert. */
  expectDeletion: z.boolean(),
  /** Share of the files that each audit also reads back and hashes, from 0 to 1. */
  deepShare: z.number().min(0, "Must be between 0 and 1.").max(1, "Must be between 0 and 1."),
  /** What happens if rows arrived after a window was committed: export it again, ask, or only report it. */
  onLate: z.enum(ON_LATE, oneOf(ON_LATE)),
};

export const checksSchema = z.object(checkFields);

/** Given parts replace the stored ones; the others stay. */
export const patchChecksSchema = checksSchema.partial();

export type Checks = z.infer<typeof checksSchema>;

export const DEFAULT_CHECKS: Checks = {
  source: [...LOOK_NAMES],
  destination: "daily",
  destinationDays: 30,
  expectDeletion: false,
  deepShare: 0.01,
  onLate: "heal",
};

/** Of a new export: what is left out has its default. */
export const newChecksSchema = z.object({
  source: checkFields.source.default(DEFAULT_CHECKS.source),
  destination: checkFields.destination.default(DEFAULT_CHECKS.destination),
  destinationDays: checkFields.destinationDays.default(DEFAULT_CHECKS.destinationDays),
  expectDeletion: checkFields.expectDeletion.default(DEFAULT_CHECKS.expectDeletion),
  deepShare: checkFields.deepShare.default(DEFAULT_CHECKS.deepShare),
  onLate: checkFields.onLate.default(DEFAULT_CHECKS.onLate),
});

/** The rows that a receipt names, or that a check found. */
export const checkedRowsSchema = z.object({
  rows: z.number().int().nullable(),
  /** Present if fingerprints were compared. */
  fingerprint: z.string().optional(),
});

/** Objects that an audit found, at most `MOST_NAMED` keys of each kind. */
const keysSchema = z.array(z.string()).optional();

export const foundSchema = checkedRowsSchema.extend({ missing: keysSchema, changed: keysSchema, extra: keysSchema });

/** Keys that one check names of each kind; its reason says how many there are. */
export const MOST_NAMED = 20;

export type CheckedRows = z.infer<typeof checkedRowsSchema>;
export type Found = z.infer<typeof foundSchema>;
