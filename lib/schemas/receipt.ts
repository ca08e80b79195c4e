import { z } from "zod";
import { CHECK_OUTCOMES } from "../fields/checks";
import { idSchema, pageQuerySchema, timeSchema } from "../fields/common";
import { receiptV2Schema, signatureSchema, supersedesSchema, voidLinkSchema } from "../fields/receipt";
import { WINDOW_STATES } from "./run";

/** Public keys that verify receipts, as a JWK Set with validity times. */
export const publicKeysSchema = z.object({
  keys: z.array(
    z.object({
      kty: z.literal("OKP"),
      crv: z.literal("Ed25519"),
      x: z.string(),
      kid: z.string(),
      notBefore: z.string(),
      /** Null for the key that signs now. */
      notAfter: z.string().nullable(),
    }),
  ),
});

export const chainQuerySchema = pageQuerySchema.extend({
  order: z
    .enum(["oldest", "newest"], { error: "Must be oldest or newest." })
    .default("oldest")
    .describe("Which end of the chain comes first."),
  documents: z
    .enum(["true", "false"], { error: "Must be true or false." })
    .default("false")
    .describe("Whether each item includes the link itself, as it was signed. A page then has at most 50 items."),
});

/** A link of an export's chain. */
export const chainItemSchema = z.object({
  sequence: z.number().int(),
  type: z.enum(["receipt", "void"]),
  runId: idSchema,
  sha256: z.string(),
  previous: z.string().nullable(),
  intervalStart: z.string(),
  intervalEnd: z.string(),
  supersedes: supersedesSchema.nullable(),
  /** For a void link: the link that it voids. */
  voids: z.number().int().nullable(),
  /** For a receipt: the link that voids it. */
  voidedBy: z.number().int().nullable(),
  signedAt: z.string(),
  /** The link itself, if asked for; null once retention has removed it. */
  document: z.union([receiptV2Schema, voidLinkSchema]).nullable().optional(),
});

export const chainHeadSchema = z.object({
  exportId: idSchema,
  sequence: z.number().int(),
  sha256: z.string(),
  /** When this statement was signed, not when the link was. */
  signedAt: z.string(),
  signature: signatureSchema,
});

export const certificateQuerySchema = z.object({ from: timeSchema, to: timeSchema });

/** A window of a certificate. */
const certifiedWindowSchema = z.object({
  intervalStart: z.string(),
  intervalEnd: z.string(),
  state: z.enum(WINDOW_STATES),
  runId: idSchema.nullable(),
  rows: z.number().int().nullable(),
  /** Of the window's receipt, and its number in the chain; null for receipts before version 2. */
  sequence: z.number().int().nullable(),
  sha256: z.string().nullable(),
  /** When the window was checked last: by a later check or, without one, before the commit. */
  checkedAt: z.string().nullable(),
  /** What the last later check found; null if none has looked. */
  outcome: z.enum(CHECK_OUTCOMES).nullable(),
  /** How the stored objects were compared before the commit. */
  compared: z.enum(["listing", "head", "no"]).nullable(),
});

export const certificateSchema = z.object({
  type: z.literal("certificate"),
  version: z.literal(1),
  export: z.object({ id: idSchema, name: z.string() }),
  from: z.string(),
  to: z.string(),
  windows: z.object({ expected: z.number().int(), committed: z.number().int() }),
  rows: z.number().int(),
  items: z.array(certifiedWindowSchema),
  /** What is not as it should be, one sentence each. */
  findings: z.array(z.object({ intervalStart: z.string(), intervalEnd: z.string(), message: z.string() })),
  chain: z.object({ sequence: z.number().int(), sha256: z.string() }).nullable(),
  signedAt: z.string(),
  signature: signatureSchema,
});

export type PublicKeys = z.infer<typeof publicKeysSchema>;
export type ChainItem = z.infer<typeof chainItemSchema>;
export type ChainHead = z.infer<typeof chainHeadSchema>;
export type Certificate = z.infer<typeof certificateSchema>;
