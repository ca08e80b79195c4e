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
  }),
  rows: z.number().int(),
  bytes: z.number().int(),
  /** Characters that the format can't carry and that were replaced by U+FFFD, as the source counts them; XML only. */
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
export type StoredEncryption = z.infer<typeof storedEncryptionSchema>;
export type Receipt = z.infer<typeof receiptSchema>;
