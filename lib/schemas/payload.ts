import { z } from "zod";

/** A Temporal payload in the JSON form of its protocol buffer. */
const payloadSchema = z.object({
  metadata: z.record(z.string(), z.base64()).optional(),
  data: z.base64().optional(),
});

/** Body and response of Temporal's codec protocol. */
export const payloadsSchema = z.object({ payloads: z.array(payloadSchema).max(10_000).default([]) });

export type JsonPayload = z.infer<typeof payloadSchema>;
export type JsonPayloads = z.infer<typeof payloadsSchema>;
