import { z } from "zod";
import { idSchema } from "./common";

export const RECEIPT_VERSION = 1;

/** What a storage answered of an object's encryption. */
export const storedEncryptionSchema = z.object({
  algorithm: z.string(),
  kmsKeyId: z.string().nullable(),
  bucketKeyEnabled: z.boolean(),
});

/** What a warehouse's table holds of a window after the commit: counted in the table itself, with what the load said. */
export const committedTableSchema = z.object({
  table: z.string(),
  /** Rows of this window and run that the table holds. */
  rows: z.number().int(),
  loaded: z.number().int(),
  rejected: z.number().int(),
  /** Queries or jobs, to look them up in the warehouse. */
  jobs: z.array(z.string()),
});

/** Why values did not arrive as they are. */
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

/** How many values of a column did not arrive as they are, and why. */
export const replacementSchema = z.object({
  table: z.string(),
  /** As the file or the table calls it. */
  column: z.string(),
  reason: z.enum(REASONS),
  values: z.number().int(),
});

/**
 * `encryption` stands there where the export asks for one: as the storage answered, null where it said nothing of it, which
 * means that it may have ignored the wish.
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
 * What a completed run proves. `rows` per file are counted from the bytes that were sent, `source` is the source's own
 * count and fingerprint; `source.query` with `source.params` asks ClickHouse for both again.
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
    /** How the fingerprint is made of the rows. Missing in receipts before 2026-12, whose rows with a NULL are not part of it. */
    formula: z.string().optional(),
    /** The server that was asked once more right before the commit, its version and its clock. Missing in receipts before 2026-12. */
    host: z.string().optional(),
    version: z.string().optional(),
    askedAt: z.string().optional(),
  }),
  rows: z.number().int(),
  bytes: z.number().int(),
  /** Values that did not arrive as they are; 0 means that every value is equal. Missing where a file was written before 2026-12. */
  replaced: z.number().int().optional(),
  /** The same by column and reason; a value with two reasons is in both. */
  replacements: z.array(replacementSchema).optional(),
  /** Characters that the format or the warehouse can't carry and that were replaced by U+FFFD; of XML and PostgreSQL. */
  replacedCharacters: z.number().int().optional(),
  /**
   * How the stored objects were compared with what was measured, right before the commit; `no` where the credentials may neither
   * list nor read. Of object storage, from 2026-11 on.
   */
  compared: z.enum(["listing", "head", "no"]).optional(),
  files: z.array(receiptFileSchema),
  /** Of a warehouse: its tables. */
  tables: z.array(committedTableSchema).optional(),
});

export type CommittedTable = z.infer<typeof committedTableSchema>;
export type Replacements = z.infer<typeof replacementSchema>[];
export type StoredEncryption = z.infer<typeof storedEncryptionSchema>;
export type Receipt = z.infer<typeof receiptSchema>;
