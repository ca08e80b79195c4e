import { z } from "zod";
import { idSchema } from "./common";

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

/** A query's parameters by name, as ClickHouse takes them. */
export const queryParamsSchema = z.record(z.string(), z.unknown());

/** The source's own count and fingerprint. Run `query` with `params` in ClickHouse to recompute both. */
const sourceSchema = z.object({
  rows: z.number().int(),
  fingerprint: z.string(),
  query: z.string(),
  params: queryParamsSchema,
  /** How the fingerprint is computed. Missing in receipts before 2026-12, whose fingerprints exclude rows with a NULL. */
  formula: z.string().optional(),
  /** The server queried again right before the commit, its version and clock. Missing in receipts before 2026-12. */
  host: z.string().optional(),
  version: z.string().optional(),
  askedAt: z.string().optional(),
});

/** What receipts of all versions say. */
const common = {
  exportId: idSchema,
  runId: idSchema,
  requestId: z.string(),
  intervalStart: z.string(),
  intervalEnd: z.string(),
  rows: z.number().int(),
  bytes: z.number().int(),
  /** Values that did not arrive unchanged; 0 means that all are equal. Missing if a file was written before 2026-12. */
  replaced: z.number().int().optional(),
  /** The same by column and reason; a value with two reasons counts for both. */
  replacements: z.array(replacementSchema).optional(),
  /** Characters that the format or warehouse can't represent, replaced by U+FFFD; XML and PostgreSQL only. */
  replacedCharacters: z.number().int().optional(),
  files: z.array(receiptFileSchema),
  /** Warehouses only: their tables. */
  tables: z.array(committedTableSchema).optional(),
};

/** How stored objects were compared; `no` if the credentials can neither list nor read. */
const comparedSchema = z.enum(["listing", "head", "no"]);

/** A receipt from before receipts were signed. Its manifest has this order of fields. */
export const receiptV1Schema = z.object({
  version: z.literal(1),
  exportId: common.exportId,
  runId: common.runId,
  requestId: common.requestId,
  intervalStart: common.intervalStart,
  intervalEnd: common.intervalEnd,
  source: sourceSchema,
  rows: common.rows,
  bytes: common.bytes,
  replaced: common.replaced,
  replacements: common.replacements,
  replacedCharacters: common.replacedCharacters,
  compared: comparedSchema.optional(),
  files: common.files,
  tables: common.tables,
});

/**
 * What became of the rows of a table that arrived in a window:
 * `inWindow - olderVersions - deleted - duplicates - excludedByEvent - excludedByProperty = selected`.
 */
export const accountingSchema = z.object({
  table: z.string(),
  inWindow: z.number().int(),
  olderVersions: z.number().int(),
  deleted: z.number().int(),
  duplicates: z.number().int(),
  excludedByEvent: z.number().int(),
  excludedByProperty: z.number().int(),
  selected: z.number().int(),
  /** Rows written: more or fewer than `selected` where a row is written once per ID that it has. */
  expandedTo: z.number().int(),
});

/** Where a receipt's files or rows are. */
export const locationSchema = z.union([
  z.object({ type: z.string(), endpoint: z.string(), bucket: z.string(), prefix: z.string() }),
  z.object({
    type: z.string(),
    account: z.string(),
    database: z.string().nullable(),
    schema: z.string(),
    table: z.string(),
  }),
]);

export const signatureSchema = z.object({ alg: z.literal("EdDSA"), kid: z.string(), value: z.string() });

/** A link's place in its export's chain. */
const linkFields = {
  version: z.literal(2),
  exportId: idSchema,
  runId: idSchema,
  /** 1, 2, 3 … per export. */
  sequence: z.number().int(),
  /** Hash of the export's previous link; null for the first. */
  previous: z.string().nullable(),
  committedAt: z.string(),
};

/**
 * The receipt that this one replaces, and why its window was exported again. No hash was recorded for some receipts of
 * version 1.
 */
export const supersedesSchema = z.object({ runId: idSchema, sha256: z.string().nullable(), reason: z.string() });

/** What a completed run proves. docs/receipts.md explains every field. */
const receiptV2Fields = {
  ...common,
  ...linkFields,
  type: z.literal("receipt"),
  export: z.object({ name: z.string(), configurationHash: z.string() }),
  location: locationSchema,
  layout: z.string().nullable(),
  format: z.string().nullable(),
  compression: z.string().nullable(),
  source: sourceSchema.required().extend({
    accounting: z.object({ query: z.string(), params: queryParamsSchema }),
  }),
  accounting: z.array(accountingSchema),
  compared: comparedSchema.nullable(),
  /** In an export's first link, if it has receipts of version 1. */
  genesis: z.object({ receipts: z.number().int(), sha256: z.string() }).optional(),
  supersedes: supersedesSchema.nullable(),
  chain: z.enum(["objects", "api"]),
};

export const receiptV2Schema = z.object({ ...receiptV2Fields, signature: signatureSchema });

/** Says that a receipt of the chain never became its window's. */
export const voidLinkSchema = z.object({
  ...linkFields,
  type: z.literal("void"),
  voids: z.object({ sequence: z.number().int(), sha256: z.string(), reason: z.string() }),
  signature: signatureSchema,
});

export const receiptSchema = z.discriminatedUnion("version", [receiptV1Schema, receiptV2Schema]);

export type CommittedTable = z.infer<typeof committedTableSchema>;
export type Replacements = z.infer<typeof replacementSchema>[];
export type StoredEncryption = z.infer<typeof storedEncryptionSchema>;
export type Accounting = z.infer<typeof accountingSchema>;
export type Location = z.infer<typeof locationSchema>;
export type Signature = z.infer<typeof signatureSchema>;
export type Supersedes = z.infer<typeof supersedesSchema>;
/** As stored from the plan on: fields are added up to the commit. */
export type SourceStatement = z.infer<typeof sourceSchema>;
export type ReceiptV1 = z.infer<typeof receiptV1Schema>;
export type ReceiptV2 = z.infer<typeof receiptV2Schema>;
export type VoidLink = z.infer<typeof voidLinkSchema>;
export type ChainLink = ReceiptV2 | VoidLink;
export type Receipt = z.infer<typeof receiptSchema>;
