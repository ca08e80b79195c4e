import { z } from "zod";
import { idSchema } from "./common";

const bucketSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "must be a bucket name: 3 to 63 of a-z, 0-9, dot and hyphen");

const endpointSchema = z
  .url({ protocol: /^https?$/, error: "must be an http:// or https:// address" })
  .refine((value) => {
    const url = new URL(value);
    return url.username === "" && url.password === "" && url.search === "" && url.hash === "";
  }, "must not carry a user, a password, a query or a fragment")
  .nullable();

/** What of an S3 connection may be read back. */
export const s3ConfigSchema = z.object({
  bucket: bucketSchema,
  region: z.string().regex(/^[a-z0-9-]{2,40}$/, "must be a region like eu-central-1"),
  endpoint: endpointSchema.default(null),
  forcePathStyle: z.boolean().default(false),
  auth: z.literal("keys", { error: 'must be "keys"' }).default("keys"),
  accessKeyId: z
    .string()
    .trim()
    .min(1, "is required")
    .max(256)
    .regex(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces"),
});

export const s3SecretSchema = z.object({
  secretAccessKey: z.string().trim().min(1, "is required").max(1024),
});

const nameSchema = z.string().trim().min(1, "is required").max(120);

export const createConnectionSchema = z.object({
  type: z.literal("s3", { error: 'must be "s3"' }),
  name: nameSchema,
  config: s3ConfigSchema.extend(s3SecretSchema.shape),
});

/** A connection to try out before it is saved; `projectId` only asks whether you may. */
export const testConnectionSchema = createConnectionSchema
  .omit({ name: true })
  .extend({ projectId: idSchema.optional() });

/** A secret that is left out keeps its stored value. */
export const patchConnectionSchema = z.object({
  name: nameSchema.optional(),
  config: z
    .object({
      bucket: bucketSchema,
      region: s3ConfigSchema.shape.region,
      endpoint: endpointSchema,
      forcePathStyle: z.boolean(),
      auth: z.literal("keys"),
      accessKeyId: s3ConfigSchema.shape.accessKeyId,
      secretAccessKey: s3SecretSchema.shape.secretAccessKey,
    })
    .partial()
    .optional(),
});

export const verifyStepSchema = z.object({
  name: z.string(),
  status: z.enum(["passed", "failed", "skipped"]),
  message: z.string(),
  fix: z.string().optional(),
});

export const verifyResultSchema = z.object({ ok: z.boolean(), steps: z.array(verifyStepSchema) });

export const connectionSchema = z.object({
  id: idSchema,
  projectId: idSchema,
  type: z.literal("s3"),
  name: z.string(),
  config: s3ConfigSchema,
  hasSecret: z.boolean(),
  verifiedAt: z.string().nullable(),
  lastVerification: verifyResultSchema.nullable(),
  usedByExports: z.number().int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

export type S3Config = z.infer<typeof s3ConfigSchema>;
export type S3Secret = z.infer<typeof s3SecretSchema>;
export type CreateConnection = z.infer<typeof createConnectionSchema>;
export type TestConnection = z.infer<typeof testConnectionSchema>;
export type PatchConnection = z.infer<typeof patchConnectionSchema>;
export type VerifyStep = z.infer<typeof verifyStepSchema>;
export type VerifyResult = z.infer<typeof verifyResultSchema>;
export type Connection = z.infer<typeof connectionSchema>;
