import { z } from "zod";
import { verifyResultSchema } from "@/lib/fields/verification";
import { DESTINATION_TYPES, partOfEach } from "../destinations/catalog";
import { idSchema, ifUpdatedAtSchema, nameSchema } from "../fields/common";

const typeError = { error: `Must be one of: ${DESTINATION_TYPES.join(", ")}.` };

export const createConnectionSchema = z.discriminatedUnion("type", partOfEach(DESTINATION_TYPES, "create"), typeError);

/** A connection to test before saving. */
export const testConnectionSchema = z.discriminatedUnion("type", partOfEach(DESTINATION_TYPES, "test"), typeError);

/** An omitted secret keeps its stored value. Secrets that a new authentication method doesn't use are removed. */
export const patchConnectionSchema = z.object({
  name: nameSchema.optional(),
  automatic: z.boolean().optional(),
  /** Given fields replace stored ones; which fields exist depends on the connection's type. */
  config: z.record(z.string(), z.unknown().describe("Has the field's own type.")).optional(),
  ifUpdatedAt: ifUpdatedAtSchema.optional(),
});

const readable = z.discriminatedUnion("type", partOfEach(DESTINATION_TYPES, "readable"));

const described = z.object({
  id: idSchema,
  projectId: idSchema,
  name: z.string(),
  hasSecret: z.boolean(),
  /** Whether the key that encrypted the secret is gone: enter the secret again. */
  secretUnreadable: z.boolean(),
  /** Off: no schedule uses this connection; historic exports and retries can still run. */
  automatic: z.boolean(),
  /** When the current settings were last verified to work. If null, exports can be saved but not started. */
  verifiedAt: z.string().nullable(),
  lastVerifiedAt: z.string().nullable(),
  lastVerification: verifyResultSchema.nullable(),
  /** External id that the role's trust policy requires (sts:ExternalId). */
  externalId: idSchema,
  createdBy: z.string().nullable(),
  usedByExports: z.number().int(),
  exports: z.array(z.object({ id: idSchema, name: z.string(), paused: z.boolean() })),
  createdAt: z.string(),
  updatedAt: z.string(),
});

export const connectionSchema = z.intersection(described, readable);

export type CreateConnection = z.infer<typeof createConnectionSchema>;
export type CreateConnectionInput = z.input<typeof createConnectionSchema>;
export type TestConnection = z.infer<typeof testConnectionSchema>;
export type PatchConnection = z.infer<typeof patchConnectionSchema>;
export type Connection = z.infer<typeof connectionSchema>;
