import { z } from "zod";
import { serviceUrlSchema } from "@/lib/fields/common";
import { warehouseSettings } from "../warehouse/settings";
import { QUOTED } from "./names";
import { NAMES } from "./naming";

const text = (max: number) => z.string().trim().min(1, "This field is required.").max(max);
const PLAIN = /^[A-Za-z_][A-Za-z0-9_$]*$/;
const identifier = text(257).refine(
  (name) => PLAIN.test(name) || QUOTED.test(name),
  'Must be a plain identifier (letters, digits, _, and $) or a name in double quotes, like "analytics".',
);

const AUTHS = ["key_pair", "token", "password"] as const;

/** A Snowflake account, and the user and objects that Penstock uses there. */
export const snowflakeConfigSchema = z.object({
  account: text(255).regex(/^[A-Za-z0-9_.-]+$/, "Must be an account identifier like myorg-account123."),
  username: text(255),
  /** Snowflake refuses more and more passwords: they are kept for connections that still get in with one. */
  auth: z.enum(AUTHS, { error: "Must be key_pair, token, or password." }).default("key_pair"),
  role: identifier.nullable().default(null),
  warehouse: identifier,
  database: identifier,
  schema: identifier.default("PUBLIC"),
  /** Replaces https://<account>.snowflakecomputing.com, for private links and stand-ins. */
  accessUrl: serviceUrlSchema.nullable().default(null),
});

/** A key pair's private key as PEM (PKCS#8), encrypted or not, with its passphrase; an access token; or a password. */
export const snowflakeSecretSchema = z.object({
  privateKey: z.string().trim().max(20_000).nullable().default(null),
  passphrase: z.string().max(1024).nullable().default(null),
  /** A programmatic access token. */
  token: z.string().trim().max(4096).nullable().default(null),
  password: z.string().max(1024).nullable().default(null),
});

/** Secret fields, and the sign-in method of each. */
const SECRET_OF = { privateKey: "key_pair", passphrase: "key_pair", token: "token", password: "password" } as const;

const SECRET_WORDS = { key_pair: "private key", token: "access token", password: "password" } as const;

/** A sign-in method needs its own secret, and refuses those of others. */
export function snowflakeProblems(
  value: { auth: SnowflakeConfig["auth"] } & SnowflakeSecret,
  ctx: z.RefinementCtx,
): void {
  for (const [field, auth] of Object.entries(SECRET_OF)) {
    const issue = (message: string) => ctx.addIssue({ code: "custom", path: [field], message });
    const given = Boolean(value[field as keyof SnowflakeSecret]);
    if (auth !== value.auth && given) issue(`Only for the authentication ${auth}.`);
    if (auth === value.auth && !given && field !== "passphrase") issue(`Enter the ${SECRET_WORDS[auth]}.`);
  }
}

export const snowflakeSettingsSchema = z.object({
  type: z.literal("snowflake"),
  ...warehouseSettings,
  /** `upper`: names that unquoted SQL finds. `posthog`: those of PostHog's tables, in lower case. */
  names: z.enum(NAMES, { error: `Must be one of: ${NAMES.join(", ")}.` }).default("upper"),
});

export type SnowflakeConfig = z.infer<typeof snowflakeConfigSchema>;
export type SnowflakeSecret = z.infer<typeof snowflakeSecretSchema>;
export type SnowflakeSettings = z.infer<typeof snowflakeSettingsSchema>;
