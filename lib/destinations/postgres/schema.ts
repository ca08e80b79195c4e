import { z } from "zod";
import { warehouseSettings } from "../warehouse/settings";
import { TLS_MODES } from "./tls-modes";

const hostRule = /^[A-Za-z0-9.:[\]-]+$/;
const text = (max: number) => z.string().trim().min(1, "This field is required.").max(max);

/** A PostgreSQL server, and the user that Penstock signs in as. */
export const postgresConfigSchema = z.object({
  host: text(253).regex(hostRule, "Must be a host name or an IP address, without a scheme or a path."),
  port: z.number().int("Must be a whole number.").min(1).max(65_535).default(5432),
  database: text(63),
  username: text(63),
  schema: text(63).default("public"),
  tls: z.enum(TLS_MODES, { error: `Must be one of: ${TLS_MODES.join(", ")}.` }).default("verify-full"),
  /**
   * The authorities that signed the server's certificate, as PEM; null means Node's own list. AWS's bundle for all
   * regions has 165,000 characters.
   */
  tlsCa: z.string().trim().max(400_000).nullable().default(null),
});

export const postgresSecretSchema = z.object({ password: z.string().min(1, "Enter the password.").max(1024) });

export const postgresSettingsSchema = z.object({
  type: z.literal("postgres"),
  ...warehouseSettings,
});

export type PostgresConfig = z.infer<typeof postgresConfigSchema>;
export type PostgresSecret = z.infer<typeof postgresSecretSchema>;
export type PostgresSettings = z.infer<typeof postgresSettingsSchema>;
