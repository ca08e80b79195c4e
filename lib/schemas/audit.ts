import { z } from "zod";
import { idSchema, pageQuerySchema, timeSchema } from "../fields/common";

/** One changed field; never the values of a secret, only that it changed. */
export const auditChangeSchema = z.object({
  field: z.string(),
  before: z.unknown().describe("The value before the change, of any type. Null if there was none."),
  after: z.unknown().describe("The value after the change, of any type. Null if there is none."),
});

export const auditEntrySchema = z.object({
  id: z.number().int(),
  time: z.string(),
  projectId: idSchema.nullable(),
  actor: z.object({ kind: z.enum(["user", "key", "system"]), id: z.string().nullable(), name: z.string() }),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  /** Object type and verb: `export.create`. */
  action: z.string(),
  object: z.object({ type: z.string(), id: z.string(), name: z.string() }),
  changes: z.array(auditChangeSchema),
});

/** `text` is matched against the names of objects and actors. */
export const listAuditQuerySchema = pageQuerySchema.extend({
  projectId: idSchema.optional(),
  action: z.string().max(60).optional(),
  objectType: z.string().max(40).optional(),
  objectId: z.string().max(80).optional(),
  actorId: z.string().max(80).optional(),
  text: z.string().max(200).optional(),
  from: timeSchema.optional(),
  to: timeSchema.optional(),
});

export type AuditChange = z.infer<typeof auditChangeSchema>;
export type AuditEntry = z.infer<typeof auditEntrySchema>;
export type ListAuditQuery = z.infer<typeof listAuditQuerySchema>;
