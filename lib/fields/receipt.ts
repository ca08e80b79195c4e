import { z } from "zod";
import { idSchema } from "./common";

export const RECEIPT_VERSION = 1;

/** The storage's report of an object's encryption. */
export const storedEncryptionSchema = z.object({
  algorithm: z.string(),
  kmsKeyId: z.string().nullable(),
  bucketKeyEnabled: z.boolean(),
});

/** What a warehouse table holds of a window after the commit, counted in the table itself, and the load's report. */
export const committedTableSchema = z.object({
  table: z.string(),
  /** Rows of this window and run in the table. */
  rows: z.number().int(),
  loaded: z.number().int(),
  rejected: z.number().int(),
  /** Queries or jobs, to look them up in the warehouse. */
  jobs: z.array(z.string()),
});

/** Why values did not arrive unchanged. */
export const REASONS = [
  "invalid_utf8",
  "lone_surrogate",
  "nul",
  "control_character",
  "number_as_string",
  "depth_as_string",
  "not_json",
  "formula",
] as const;

export type Reason = (typeof REASONS)[number];

/** How many values of a column did not arrive unchanged, and why. */
export const replacementSchema = z.object({
  table: z.string(),
  /** As named in the file or table. */
  column: z.string(),
  reason: z.enum(REASONS),
  values: z.number().int(),
});

/**
 * `encryption` is present if the export requests it: the storage's report, or null if the storage reported none and may
 * have ignored the request.
 */
export const receiptFileSchema = z.object({
  key: z.string(),
  rows: z.number().int(),
  bytes: z.number().int(),
  sha256: z.string(),
  etag: z.string(),
  encryption: storedEncryptionSchema.nullable().optional(),
});

/**
 * What a completed run proves. Each file's `rows` are counted from the bytes sent; `source` is the source's own count
 * and fingerprint. Run `source.query` with `source.params` in ClickHouse to recompute both.
 */
export const receiptSchema = z.object({
  version: z.literal(RECEIPT_VERSION),
  exportId: idSchema,
  runId: idSchema,
  requestId: z.string(),
  intervalStart: z.string(),
  intervalEnd: z.string(),
  source: z.object({
    rows: z.number().int(),
    fingerprint: z.string(),
    query: z.string(),
    params: z.record(z.string(), z.unknown()),
    /**
     * How the fingerprint is computed. Missing in receipts before 2026-12, whose fingerprints exclude rows with a NULL.
     */
    formula: z.string().optional(),
    /** The server queried again right before the commit, its version and clock. Missing in receipts before 2026-12. */
    host: z.string().optional(),
    version: z.string().optional(),
    askedAt: z.string().optional(),
  }),
  rows: z.number().int(),
  bytes: z.number().int(),
  /** Values that did not arrive unchanged; 0 means that all are equal. Missing if a file was written before 2026-12. */
  replaced: z.number().int().optional(),
  /** The same by column and reason; a value with two reasons counts for both. */
  replacements: z.array(replacementSchema).optional(),
  /** Characters that the format or warehouse can't represent, replaced by U+FFFD; XML and PostgreSQL only. */
  replacedCharacters: z.number().int().optional(),
  /**
   * How the stored objects were compared with the measured values, right before the commit; `no` if the credentials can
   * neither list nor read. Object storage only, since 2026-11.
   */
  compared: z.enum(["listing", "head", "no"]).optional(),
  files: z.array(receiptFileSchema),
  /** Warehouses only: their tables. */
  tables: z.array(committedTableSchema).optional(),
});

export type CommittedTable = z.infer<typeof committedTableSchema>;
export type Replacements = z.infer<typeof replacementSchema>[];
export type StoredEncryption = z.infer<typeof storedEncryptionSchema>;
export type Receipt = z.infer<typeof receiptSchema>;
