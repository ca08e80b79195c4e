import { z } from "zod";
import { idSchema } from "@/lib/fields/common";
import { aclSchema, authSchema, basePrefixSchema, bucketSchema, regionSchema, roleArnSchema } from "./schema";

export const policyRequestSchema = z.object({
  type: z.literal("s3", { error: 'Must be "s3".' }),
  bucket: bucketSchema,
  prefix: basePrefixSchema.default(""),
  kmsKeyId: z.string().trim().min(1).max(2048).nullable().default(null),
  auth: authSchema.default("keys"),
  /** The connection's. */
  acl: aclSchema,
  /** Determines the bucket's AWS partition. */
  region: regionSchema.optional(),
  /** With `role`: the role to admit to the KMS key. */
  roleArn: roleArnSchema.nullable().optional(),
});

const policyDocumentSchema = z.object({
  Version: z.literal("2012-10-17"),
  Statement: z.array(
    z.object({
      Sid: z.string(),
      Effect: z.literal("Allow"),
      Principal: z.object({ AWS: z.string() }).optional(),
      Action: z.array(z.string()),
      Resource: z.array(z.string()).optional(),
      Condition: z
        .record(z.string(), z.record(z.string(), z.unknown().describe("A value or a list of values.")))
        .optional(),
    }),
  ),
});

/** The documents to paste. Null where the auth method doesn't use one. */
export const policySchema = z.object({
  /** For the user or the role that writes. */
  iamPolicy: policyDocumentSchema,
  /** For the bucket: lets Penstock's own principal write. Null if the installation has no principal. */
  bucketPolicy: policyDocumentSchema.nullable(),
  /** For the role: lets Penstock's own principal assume it, with the organization's external id. */
  trustPolicy: policyDocumentSchema.nullable(),
  /** For the KMS key's own policy. */
  kmsStatement: policyDocumentSchema.shape.Statement.element.nullable(),
  /** Each requested action, and why. */
  actions: z.array(z.object({ action: z.string(), why: z.string(), optional: z.boolean() })),
  steps: z.array(z.string()),
  principal: z.string().nullable(),
  externalId: idSchema,
});

export type PolicyRequest = z.infer<typeof policyRequestSchema>;
export type PolicyDocument = z.infer<typeof policyDocumentSchema>;
export type Policy = z.infer<typeof policySchema>;
