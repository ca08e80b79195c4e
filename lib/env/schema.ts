import { z } from "zod";
import { requireClientKeyPair } from "./client-key-pair";
import { clickhouse, postgres, temporal } from "./services";
import { SHUTDOWN_GRACE_SECONDS } from "./shutdown-grace";
import { days, flag, hosts, keyRing, origin, quota, required } from "./values";

const secrets = {
  ENCRYPTION_KEYS: keyRing.describe(
    "The keys that encrypt stored credentials and every Temporal payload: <key id>:<32 random bytes in base64>. Separate several with commas, the current one first.",
  ),
};

const address = {
  APP_URL: z
    .url({ error: "Set it to the app's public URL, like https://penstock.example.com." })
    .describe(
      "The public address of the web app, like https://penstock.example.com. With https, responses carry HSTS.",
    ),
};

const web = {
  AUTH_SECRET: required("32 or more random characters")
    .refine((v) => v.length >= 32, "Must be at least 32 characters.")
    .describe("The secret that signs session cookies: 32 or more random characters."),
  ALLOW_SIGNUP: flag.describe(
    "true lets anyone create a login and an organization. Otherwise, people join by invitation only.",
  ),
  TRUSTED_PROXIES: z
    .string()
    .default("")
    .describe(
      "The proxies in front of the web app whose X-Forwarded-For is trusted: addresses, ranges, or loopback, linklocal, uniquelocal, separated by commas.",
    ),
  METRICS_TOKEN: z
    .string()
    .min(16, "Must be at least 16 characters.")
    .optional()
    .describe("The bearer token for /api/metrics, 16 characters or more. Without it, there are no metrics."),
  TEMPORAL_UI_ORIGIN: origin
    .optional()
    .describe(
      "The origin of Temporal's own UI, like https://temporal.example.com, where operators can see decrypted payloads. Without it, no page can.",
    ),
  TEMPORAL_CODEC_TOKEN: z
    .string()
    .min(32, "Must be at least 32 characters.")
    .optional()
    .describe(
      "The bearer token that lets Temporal's command line decrypt payloads, 32 characters or more. Without it, none can.",
    ),
  API_RATE_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(1)
    .default(1200)
    .describe("API requests per minute for one person, key, or address, in each web process."),
};

const worker = {
  WORKER_PROBE_PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .optional()
    .describe(
      "The port where a worker responds to GET /live and GET /ready, for probes. Without it, a worker listens on nothing.",
    ),
};

const network = {
  ALLOWED_PRIVATE_HOSTS: hosts.describe(
    "Hosts in private networks, each with what can connect to it, separated by commas: s3=minio.internal, postgres=10.0.3.7:5432, webhook=10.0.0.0/8. All others are refused.",
  ),
  ALLOWED_CLEARTEXT_HOSTS: hosts.describe(
    "Hosts that PostgreSQL passwords and Snowflake passwords or tokens can be sent to without encryption, written the same way. The machine itself needs no entry.",
  ),
};

const aws = {
  PENSTOCK_AWS_PRINCIPAL_ARN: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:iam::\d{12}:/,
      "Must be the ARN of a user or a role, like arn:aws:iam::123456789012:user/penstock.",
    )
    .optional()
    .describe("The ARN of Penstock's own AWS user or role, for connections by role or by bucket policy."),
  PENSTOCK_AWS_ACCESS_KEY_ID: z
    .string()
    .optional()
    .describe(
      "Its access key. Without one, the AWS SDK looks for credentials itself: instance role, environment, profile.",
    ),
  PENSTOCK_AWS_SECRET_ACCESS_KEY: z.string().optional().describe("The secret of that access key."),
  STS_ENDPOINT: z
    .url("Must be a URL like https://sts.eu-central-1.amazonaws.com.")
    .optional()
    .describe("The URL for AssumeRole instead of Amazon's default, like https://sts.eu-central-1.amazonaws.com."),
};

const mail = {
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: "Must be a URL like smtps://user:password@host:465." })
    .optional()
    .describe(
      "The mail server, like smtps://user:password@smtp.example.com. Without one, the app keeps emails for owners to read under Settings.",
    ),
  MAIL_FROM: z.string().default("Penstock <penstock@localhost>").describe("The sender of emails."),
};

const runs = {
  SETTLE_SECONDS: z.coerce
    .number()
    .int()
    .min(0)
    .max(86_400)
    .default(60)
    .describe("Seconds that a run waits after the end of its window. The source page and each export can override it."),
  RUN_LOG_DAYS: days(1, 90).describe(
    "Days that the logs of runs are kept, counted from the end of the month in which the run was created.",
  ),
  RUN_FILE_DAYS: days(0, 0).describe("The same for the lists of runs' files. 0 keeps them permanently."),
  RECEIPT_DAYS: days(0, 0).describe("The same for receipts. 0 keeps them permanently."),
  CHECK_DAYS: days(400, 0).describe("Days that the results of checks are kept. 0 keeps them permanently."),
  WORKER_SHUTDOWN_GRACE_SECONDS: z.coerce
    .number()
    .int()
    .min(0)
    .max(86_400)
    .default(SHUTDOWN_GRACE_SECONDS)
    .describe(
      "Seconds that a worker has to finish its files when it shuts down. It takes no new files during that time. Give its container 30 seconds more.",
    ),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error"])
    .default("info")
    .describe("The log level of web and worker, which log JSON lines to stdout: debug, info, warn, or error."),
};

const quotas = {
  QUOTA_EXPORTS: quota(20_000).describe("Exports that one organization can have."),
  QUOTA_CONNECTIONS: quota(2_000).describe("Connections that one organization can have."),
  QUOTA_API_KEYS: quota(1_000).describe("API keys that one organization can have."),
  QUOTA_INVITATIONS: quota(1_000).describe("Pending invitations that one organization can have."),
  QUOTA_HISTORIC_EXPORTS: quota(200).describe("Historic exports that one organization can have in progress."),
};

/** What the shared modules need. */
const shared = z.object({
  ...postgres,
  ...clickhouse,
  ...temporal,
  ...secrets,
  ...address,
  ...network,
  ...aws,
  ...mail,
  ...runs,
  ...quotas,
});

/** The same, checked. */
export const envSchema = shared.superRefine(requireClientKeyPair);

/** What the web app needs: the same, and its own. */
export const webSchema = shared.extend(web).superRefine(requireClientKeyPair);

/** What a worker needs: the same, and its own. */
export const workerSchema = shared.extend(worker).superRefine(requireClientKeyPair);

/** Every variable under the heading that `.env.example` gives it. */
export const SECTIONS: Record<string, Record<string, z.ZodType>> = {
  "Metadata database": postgres,
  Source: clickhouse,
  Temporal: temporal,
  "Encryption keys, for web and worker": secrets,
  "Web address, for web and worker": address,
  "Web app": web,
  Worker: worker,
  "Private networks": network,
  "Connections by AWS role or bucket policy": aws,
  Email: mail,
  "Runs and retention": runs,
  "Quotas of each organization": quotas,
};
