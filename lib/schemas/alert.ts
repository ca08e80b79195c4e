import { z } from "zod";
import { httpUrlSchema, idSchema, nameSchema } from "../fields/common";
import { failureSchema } from "./run";

/** A URL that Penstock posts to. The address guard checks its host. */
const urlSchema = httpUrlSchema.max(2048).refine((value) => {
  const { username, password, hash } = new URL(value);
  return username === "" && password === "" && hash === "";
}, "Must not contain a user, a password, or a fragment.");

export const alertChannelSchema = z.object({
  id: idSchema,
  kind: z.enum(["webhook", "slack"]),
  name: z.string(),
  /** The URL's host; the rest may be a secret and is write-only. */
  host: z.string(),
  enabled: z.boolean(),
  /** Whether every receipt is posted too, as its window is committed. */
  receipts: z.boolean(),
  /** Whether the key that encrypted its address is gone: create the channel again. */
  secretUnreadable: z.boolean(),
  lastDelivery: z
    .object({ state: z.enum(["queued", "sent", "kept", "failed"]), at: z.string(), error: z.string().nullable() })
    .nullable(),
  createdAt: z.string(),
});

export const createAlertChannelSchema = z.object({
  kind: z.enum(["webhook", "slack"], { error: "Must be webhook or slack." }),
  name: nameSchema,
  url: urlSchema,
  /** Webhooks only. */
  receipts: z.boolean().optional(),
});

/** Includes the secret that signs a webhook's requests, which is never shown again. Null for Slack. */
export const newAlertChannelSchema = alertChannelSchema.extend({ signingSecret: z.string().nullable() });

export const patchAlertChannelSchema = z.object({
  name: nameSchema.optional(),
  url: urlSchema.optional(),
  enabled: z.boolean().optional(),
  receipts: z.boolean().optional(),
});

export const testAlertChannelSchema = z.object({ ok: z.boolean(), message: z.string() });

export const alertSchema = z.object({
  id: idSchema,
  projectId: idSchema,
  exportId: idSchema,
  exportName: z.string(),
  runId: idSchema.nullable(),
  kind: z.enum(["failed", "paused", "recovered", "finding"]),
  failure: failureSchema.nullable(),
  intervalStart: z.string(),
  intervalEnd: z.string(),
  createdAt: z.string(),
  /** Who was notified, and the result. */
  deliveries: z.array(
    z.object({
      channel: z.enum(["mail", "webhook", "slack"]),
      to: z.string(),
      state: z.enum(["queued", "sent", "kept", "failed"]),
      error: z.string().nullable(),
    }),
  ),
});

export type AlertChannel = z.infer<typeof alertChannelSchema>;
export type CreateAlertChannel = z.infer<typeof createAlertChannelSchema>;
export type NewAlertChannel = z.infer<typeof newAlertChannelSchema>;
export type PatchAlertChannel = z.infer<typeof patchAlertChannelSchema>;
export type TestAlertChannel = z.infer<typeof testAlertChannelSchema>;
export type Alert = z.infer<typeof alertSchema>;
