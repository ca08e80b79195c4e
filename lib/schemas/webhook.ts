import { z } from "zod";
import { idSchema } from "../fields/common";
import { receiptSchema } from "../fields/receipt";
import { failureSchema } from "./run";

/** The body of a webhook. Signed: `x-penstock-signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>">`. */
export const webhookBodySchema = z.object({
  id: idSchema,
  kind: z.enum(["failed", "paused", "recovered", "finding", "receipt", "test"]),
  time: z.string(),
  organization: z.object({ id: idSchema, name: z.string() }),
  project: z.object({ id: idSchema, name: z.string() }).nullable(),
  export: z.object({ id: idSchema, name: z.string() }).nullable(),
  run: z.object({ id: idSchema, requestId: z.string(), intervalStart: z.string(), intervalEnd: z.string() }).nullable(),
  error: failureSchema.nullable(),
  links: z.object({ run: z.string().nullable(), export: z.string().nullable() }),
  /** Only with the kind `receipt`. */
  receipt: receiptSchema.optional(),
});

export type WebhookBody = z.infer<typeof webhookBodySchema>;
