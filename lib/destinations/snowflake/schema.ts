import { z } from "zod";
import { serviceUrlSchema } from "@/lib/fields/common";
import { warehouseSettings } from "../warehouse/settings";

const text = (max: number) => z.string().trim().min(1, "is required").max(max);
const identifier = text(255).regex(/^[A-Za-z_][A-Za-z0-9_$]*$/, "must be a plain identifier: letters, digits, _ and $");

/** A Snowflake account, and the user and objects that Penstock uses there. */
export const snowflakeConfigSchema = z.object({
  account: text(255).regex(/^[A-Za-z0-9_.-]+$/, "must be an account identifier like myorg-account123"),
  username: text(255),
  auth: z.enum(["key_pair", "password"], { error: "must be key_pair or password" }).default("key_pair"),
  role: identifier.nullable().default(null),
  warehouse: identifier,
  database: identifier,
  schema: identifier.default("PUBLIC"),
  /** Replaces https://<account>.snowflakecomputing.com, for private links and stand-ins. */
  accessUrl: serviceUrlSchema.nullable().default(null),
});

/** A key pair's private key as PEM (PKCS#8), encrypted or not, with its passphrase; or a password. */
export const snowflakeSecretSchema = z.object({
  privateKey: z.string().trim().max(20_000).nullable().default(null),
  passphrase: z.string().max(1024).nullable().default(null),
  password: z.string().max(1024).nullable().default(null),
});

/** A key pair needs its private key, a password itself; the other is refused. */
export function snowflakeProblems(
  value: {
    auth: "key_pair" | "password";
    privateKey: string | null;
    passphrase: string | null;
    password: string | null;
  },
  ctx: z.RefinementCtx,
): void {
  const issue = (path: string, message: string) => ctx.addIssue({ code: "custom", path: [path], message });
  if (value.auth === "key_pair") {
    if (!value.privateKey) issue("privateKey", "is required with auth key_pair");
    if (value.password) issue("password", "goes only with auth password");
    return;
  }
  if (!value.password) issue("password", "is required with auth password");
  if (value.privateKey) issue("privateKey", "goes only with auth key_pair");
  if (value.passphrase) issue("passphrase", "goes only with auth key_pair");
}

export const snowflakeSettingsSchema = z.object({
  type: z.literal("snowflake"),
  ...warehouseSettings,
});

export type SnowflakeConfig = z.infer<typeof snowflakeConfigSchema>;
export type SnowflakeSecret = z.infer<typeof snowflakeSecretSchema>;
export type SnowflakeSettings = z.infer<typeof snowflakeSettingsSchema>;
