import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { parseAllowed } from "./ip/allowed";

const base64Key = /^[a-z0-9_-]{1,16}:[A-Za-z0-9+/]{43}=$/i;

const keyRing = z
  .string({ error: 'is missing: set it to "<key id>:<32 random bytes in base64>"; older keys may follow after commas' })
  .refine(
    (value) => value.split(",").every((key) => base64Key.test(key.trim())),
    'must be "<key id>:<32 random bytes in base64>", several separated by commas, the current one first',
  );

const required = (example: string) => z.string({ error: `is missing: set it to ${example}` }).min(1, "is empty");

const flag = z.enum(["true", "false"]).transform((value) => value === "true");

const quota = (usual: number) => z.coerce.number().int().min(1).default(usual);

const hosts = z.string().superRefine((value, ctx) => {
  try {
    parseAllowed(value);
  } catch (error) {
    ctx.addIssue({ code: "custom", message: (error as Error).message });
  }
});

/** A file of certificates in PEM; becomes its content. */
const certificates = z.string().transform((file, ctx) => {
  try {
    const pem = readFileSync(file);
    new X509Certificate(pem);
    return pem;
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : (error as Error).message;
    ctx.addIssue(`must be the path of a file with the CA's certificate in PEM, and ${file} is not: ${why}`);
    return z.NEVER;
  }
});

const envSchema = z.object({
  DATABASE_URL: required("the metadata database, like postgres://user:password@host:5432/penstock"),
  CLICKHOUSE_URL: required("the source's HTTP address, like https://host:8443"),
  /** The CA of a ClickHouse over https whose certificate no public CA has signed. */
  CLICKHOUSE_CA_CERT: certificates.optional(),
  CLICKHOUSE_USERNAME: z.string().default("default"),
  CLICKHOUSE_PASSWORD: z.string().default(""),
  CLICKHOUSE_DATABASE: z.string().default("default"),
  TEMPORAL_ADDRESS: required("Temporal's frontend, like host:7233"),
  TEMPORAL_NAMESPACE: z.string().default("default"),
  TEMPORAL_API_KEY: z.string().optional(),
  TEMPORAL_TLS: flag.default(false),
  TEMPORAL_TASK_QUEUE: z.string().default("penstock"),
  ENCRYPTION_KEYS: keyRing,
  APP_URL: z.url({
    error: "is missing or no address: set it to the app's public address, like https://penstock.example.com",
  }),
  /** Hosts in private networks that connections and webhooks may lead to: names, addresses or ranges, each with or without a port. */
  ALLOWED_PRIVATE_HOSTS: hosts.default(""),
  /** Hosts that passwords may be sent to without encryption, written the same way. This machine needs no entry. */
  ALLOWED_CLEARTEXT_HOSTS: hosts.default(""),
  /** Penstock's own principal at AWS, for connections by role and by bucket policy: the operator's to set. */
  PENSTOCK_AWS_PRINCIPAL_ARN: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:iam::\d{12}:/,
      "must be the ARN of a user or a role, like arn:aws:iam::123456789012:user/penstock",
    )
    .optional(),
  /** Its access key; without one the AWS SDK looks for credentials itself (instance role, environment, profile). */
  PENSTOCK_AWS_ACCESS_KEY_ID: z.string().optional(),
  PENSTOCK_AWS_SECRET_ACCESS_KEY: z.string().optional(),
  /** Another address than Amazon's for AssumeRole. */
  STS_ENDPOINT: z.url("must be an address like https://sts.eu-central-1.amazonaws.com").optional(),
  /** The mail server, like smtps://user:password@smtp.example.com; without one mails are kept for the owner to read. */
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be an address like smtps://user:password@host:465" }).optional(),
  MAIL_FROM: z.string().default("Penstock <penstock@localhost>"),
  /** For how many days, counted from the end of a run's month, its log is kept. */
  RUN_LOG_DAYS: z.coerce.number().int().min(1).max(3650).default(90),
  /** The same for the lists of runs' files and for receipts; 0 keeps them for good. */
  RUN_FILE_DAYS: z.coerce.number().int().min(0).max(3650).default(0),
  RECEIPT_DAYS: z.coerce.number().int().min(0).max(3650).default(0),
  /** How many of each an organization may have. */
  QUOTA_EXPORTS: quota(20_000),
  QUOTA_CONNECTIONS: quota(2_000),
  QUOTA_API_KEYS: quota(1_000),
  QUOTA_INVITATIONS: quota(1_000),
  QUOTA_HISTORIC_EXPORTS: quota(200),
  SETTLE_SECONDS: z.coerce.number().int().min(0).max(86_400).default(60),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
});

const webSchema = envSchema.extend({
  AUTH_SECRET: required("32 or more random characters").refine((v) => v.length >= 32, "must be at least 32 characters"),
  ALLOW_SIGNUP: flag.default(false),
  /** Proxies whose X-Forwarded-For is believed: addresses or ranges, or the names loopback, linklocal, uniquelocal. */
  TRUSTED_PROXIES: z.string().default(""),
  /** What a Prometheus server must send as its bearer token; without it /api/metrics is closed. */
  METRICS_TOKEN: z.string().min(16, "must be at least 16 characters").optional(),
  /** Requests a minute that one person, key or address may make to the API. */
  API_RATE_PER_MINUTE: z.coerce.number().int().min(1).default(1200),
});

export type Env = z.infer<typeof envSchema>;
export type WebEnv = z.infer<typeof webSchema>;

function parse<T extends z.ZodType>(schema: T): z.infer<T> {
  const result = schema.safeParse(process.env);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
  throw new Error(`Penstock can't start with this environment.\n  ${lines.join("\n  ")}`);
}

let env: Env | undefined;
let webEnv: WebEnv | undefined;

/** What the worker and the shared modules need of the environment. Throws one error that names every bad variable. */
export const getEnv = (): Env => {
  env ??= parse(envSchema);
  return env;
};

/** The same for the web app, which also needs its own address and secret. */
export const getWebEnv = (): WebEnv => {
  webEnv ??= parse(webSchema);
  return webEnv;
};
