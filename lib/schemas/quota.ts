import { z } from "zod";

/** What of an organization is counted against a limit. */
export const QUOTAS = ["exports", "connections", "api_keys", "invitations", "historic_exports"] as const;

/** How much of it there is, and how much there may be. */
const quotaSchema = z.object({ quota: z.enum(QUOTAS), used: z.number().int(), limit: z.number().int() });

export const quotasSchema = z.object({ items: z.array(quotaSchema) });

export type QuotaName = (typeof QUOTAS)[number];
export type Quotas = z.infer<typeof quotasSchema>;
