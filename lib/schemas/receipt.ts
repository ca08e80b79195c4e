import { z } from "zod";
import { idSchema } from "./common";

export const RECEIPT_VERSION = 1;

export const receiptFileSchema = z.object({
  key: z.string(),
  rows: z.number().int(),
  bytes: z.number().int(),
  sha256: z.string(),
  etag: z.string(),
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
  files: z.array(receiptFileSchema),
});

export type Receipt = z.infer<typeof receiptSchema>;
