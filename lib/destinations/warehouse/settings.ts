import { z } from "zod";

export const COMMIT_MODES = ["replace", "append"] as const;
export const DELETED_PERSONS = ["remove", "mark"] as const;

/** Prefix of staging tables and the table of commits. */
const RESERVED = "_penstock_";
const nameRule = /^(?:[A-Za-z_]|\{table_name\})(?:[A-Za-z0-9_]|\{table_name\})*$/;

/** Settings of an export to any warehouse: the tables it writes, and what happens to a window that runs again. */
export const warehouseSettings = {
  table: z
    .string()
    .trim()
    .max(63, "Must be at most 63 characters.")
    .regex(
      nameRule,
      "Must be letters, digits, and underscores, and can contain {table_name}. Must not start with a digit.",
    )
    .refine(
      (name) => !name.toLowerCase().startsWith(RESERVED),
      `Must not start with ${RESERVED}, which is for Penstock's own tables.`,
    )
    .default("{table_name}"),
  /** `replace`: a window's rows are those of its last run. `append`: every run adds its rows, including retries. */
  commitMode: z.enum(COMMIT_MODES, { error: `Must be one of: ${COMMIT_MODES.join(", ")}.` }).default("replace"),
  /** What happens to rows of persons deleted in the source. `mark`: they stay, with the time in `_deleted_at`. */
  deletedPersons: z
    .enum(DELETED_PERSONS, { error: `Must be one of: ${DELETED_PERSONS.join(", ")}.` })
    .default("remove"),
};

export type CommitMode = (typeof COMMIT_MODES)[number];

export interface WarehouseSettings {
  table: string;
  commitMode: CommitMode;
  deletedPersons: (typeof DELETED_PERSONS)[number];
}
