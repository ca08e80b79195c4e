import { z } from "zod";

/** What counts against an organization's limits. */
export const QUOTAS = ["exports", "connections", "api_keys", "invitations", "historic_exports"] as const;

/** The current number and the limit. */
const quotaSchema = z.object({ quota: z.enum(QUOTAS), used: z.number().int(), limit: z.number().int() });

export const quotasSchema = z.object({ items: z.array(quotaSchema) });

export type QuotaName = (typeof QUOTAS)[number];
export type Quotas = z.infer<typeof quotasSchema>;
