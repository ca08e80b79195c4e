import { z } from "zod";
import { AUDITS, DEFAULT_CHECKS, LOOK_NAMES, ON_LATE } from "./check-names";

export * from "./check-names";

const oneOf = (names: readonly string[]) => ({ error: `Must be one of: ${names.join(", ")}.` });

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

export type CheckedRows = z.infer<typeof checkedRowsSchema>;
export type Found = z.infer<typeof foundSchema>;
