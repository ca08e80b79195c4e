import { z } from "zod";
import { bigqueryConfigSchema, bigquerySecretSchema } from "../destinations/bigquery/schema";
import { DESTINATION_TYPES } from "../destinations/catalog";
import { postgresConfigSchema, postgresSecretSchema } from "../destinations/postgres/schema";
import { snowflakeConfigSchema, snowflakeProblems, snowflakeSecretSchema } from "../destinations/snowflake/schema";
import { idSchema } from "./common";
import { partialOf } from "./partial";

const typeError = { error: `type must be one of ${DESTINATION_TYPES.join(", ")}` };

export const bucketSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "must be a bucket name: 3 to 63 of a-z, 0-9, dot and hyphen");

const endpointSchema = z
  .url({ protocol: /^https?$/, error: "must be an http:// or https:// address" })
  .refine((value) => {
    const url = new URL(value);
    return url.username === "" && url.password === "" && url.search === "" && url.hash === "";
  }, "must not carry a user, a password, a query or a fragment")
  .nullable();

/** How Penstock shows the storage who it is. */
const S3_AUTHS = ["keys", "role", "policy"] as const;

export const authSchema = z.enum(S3_AUTHS, { error: `must be one of ${S3_AUTHS.join(", ")}` });

const accessKeyIdSchema = z
  .string()
  .trim()
  .min(1, "is required")
  .max(256)
  .regex(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces");

export const roleArnSchema = z
  .string()
  .trim()
  .regex(
    /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
    "must be a role like arn:aws:iam::123456789012:role/penstock",
  );

export const regionSchema = z.string().regex(/^[a-z0-9-]{2,40}$/, "must be a region like eu-central-1");

/** A plain folder, without variables: what a least-privilege policy can be limited to. */
export const basePrefixSchema = z
  .string()
  .max(256, "must be at most 256 characters")
  .regex(/^$|^(?!\/)(?:[\w!.*'()-]+\/)+$/, "must be empty or a folder like exports/penstock/ that ends with a slash")
  .refine(
    (value) => !value.split("/").some((part) => part === "." || part === ".."),
    "must not contain . or .. as a folder",
  );

const addressFields = {
  bucket: bucketSchema,
  region: regionSchema,
  endpoint: endpointSchema,
  forcePathStyle: z.boolean(),
  /** All that Penstock writes through this connection lies below it: exports' own prefixes begin with it. */
  prefix: basePrefixSchema,
};

const addressDefaults = {
  ...addressFields,
  endpoint: endpointSchema.default(null),
  forcePathStyle: z.boolean().default(false),
  prefix: basePrefixSchema.default(""),
};

/** What of an S3 connection may be read back. */
export const s3ConfigSchema = z.object({
  ...addressDefaults,
  auth: authSchema.default("keys"),
  /** Only with `keys`. */
  accessKeyId: accessKeyIdSchema.nullable().default(null),
  /** Only with `role`. */
  roleArn: roleArnSchema.nullable().default(null),
});

/** The secret part: empty with `role` and `policy`, which have no secret of their own. */
export const s3SecretSchema = z.object({
  secretAccessKey: z.string().trim().min(1, "is required").max(1024).nullable().default(null),
});

const nameSchema = z.string().trim().min(1, "is required").max(120);

interface WayOfAuth {
  auth: (typeof S3_AUTHS)[number];
  accessKeyId: string | null;
  roleArn: string | null;
}

/** What each way of authentication needs and what it leaves no room for, as issues below `config`. */
export function authProblems(config: WayOfAuth & { secretAccessKey?: string | null }, hasSecret: boolean) {
  const { auth, accessKeyId, roleArn } = config;
  const problems: { path: string; message: string }[] = [];
  const need = (path: string, there: boolean) =>
    there || problems.push({ path, message: `is required with auth ${auth}` });
  const refuse = (path: string, there: boolean, owner: string) =>
    there && problems.push({ path, message: `goes only with auth ${owner}` });
  if (auth === "keys") {
    need("accessKeyId", accessKeyId !== null);
    need("secretAccessKey", hasSecret || Boolean(config.secretAccessKey));
  } else {
    refuse("accessKeyId", accessKeyId !== null, "keys");
    refuse("secretAccessKey", Boolean(config.secretAccessKey), "keys");
  }
  if (auth === "role") need("roleArn", roleArn !== null);
  else refuse("roleArn", roleArn !== null, "role");
  return problems;
}

const fullConfigSchema = s3ConfigSchema.extend(s3SecretSchema.shape).superRefine((value, ctx) => {
  for (const { path, message } of authProblems(value, false)) ctx.addIssue({ code: "custom", path: [path], message });
});

const typed = {
  s3: { type: z.literal("s3"), config: fullConfigSchema },
  snowflake: {
    type: z.literal("snowflake"),
    config: snowflakeConfigSchema.extend(snowflakeSecretSchema.shape).superRefine(snowflakeProblems),
  },
  bigquery: {
    type: z.literal("bigquery"),
    config: bigqueryConfigSchema.extend(bigquerySecretSchema.shape),
  },
  postgres: {
    type: z.literal("postgres"),
    config: postgresConfigSchema.extend(postgresSecretSchema.shape),
  },
};

/** A connection's settings whole, its secret included. */
export const fullConfigSchemas = {
  s3: typed.s3.config,
  snowflake: typed.snowflake.config,
  bigquery: typed.bigquery.config,
  postgres: typed.postgres.config,
};

const common = { name: nameSchema, automatic: z.boolean().default(true) };

export const createConnectionSchema = z.discriminatedUnion(
  "type",
  [
    z.object({ ...typed.s3, ...common }),
    z.object({ ...typed.snowflake, ...common }),
    z.object({ ...typed.bigquery, ...common }),
    z.object({ ...typed.postgres, ...common }),
  ],
  typeError,
);

/** A connection to try out before it is saved, with the encryption that its exports will ask for. */
const trial = { projectId: idSchema.optional() };

export const testConnectionSchema = z.discriminatedUnion(
  "type",
  [
    z.object({
      ...typed.s3,
      ...trial,
      encryption: z.enum(["none", "AES256", "aws:kms"]).default("none"),
      kmsKeyId: z.string().trim().min(1).max(2048).nullable().default(null),
    }),
    z.object({ ...typed.snowflake, ...trial }),
    z.object({ ...typed.bigquery, ...trial }),
    z.object({ ...typed.postgres, ...trial }),
  ],
  typeError,
);

/** A secret that is left out keeps its stored value. What a new way of authentication has no use for goes. */
export const patchConnectionSchema = z.object({
  name: nameSchema.optional(),
  automatic: z.boolean().optional(),
  /** What is given replaces the stored value; which fields there are depends on the connection's type. */
  config: z.record(z.string(), z.unknown().describe("Of the field's own type.")).optional(),
});

/** What of a connection of one type can be changed. */
export const patchConfigSchemas = {
  s3: z
    .object({
      ...addressFields,
      auth: authSchema,
      accessKeyId: accessKeyIdSchema.nullable(),
      roleArn: roleArnSchema.nullable(),
      secretAccessKey: s3SecretSchema.shape.secretAccessKey.unwrap(),
    })
    .partial(),
  snowflake: partialOf({ ...snowflakeConfigSchema.shape, ...snowflakeSecretSchema.shape }),
  bigquery: partialOf({ ...bigqueryConfigSchema.shape, ...bigquerySecretSchema.shape }),
  postgres: partialOf({ ...postgresConfigSchema.shape, ...postgresSecretSchema.shape }),
};

export const verifyStepSchema = z.object({
  name: z.string(),
  status: z.enum(["passed", "failed", "skipped"]),
  message: z.string(),
  fix: z.string().optional(),
  /** What gives what was missing, to paste: an IAM statement as JSON, SQL, or a command. */
  statement: z.string().optional(),
});

export const verifyResultSchema = z.object({ ok: z.boolean(), steps: z.array(verifyStepSchema) });

const readable = z.discriminatedUnion("type", [
  z.object({ type: z.literal("s3"), config: s3ConfigSchema }),
  z.object({ type: z.literal("snowflake"), config: snowflakeConfigSchema }),
  z.object({ type: z.literal("bigquery"), config: bigqueryConfigSchema }),
  z.object({ type: z.literal("postgres"), config: postgresConfigSchema }),
]);

const described = z.object({
  id: idSchema,
  projectId: idSchema,
  name: z.string(),
  hasSecret: z.boolean(),
  /** Off: no schedule runs through this connection; historic exports and retries still may. */
  automatic: z.boolean(),
  /** When its settings as they are now were last seen to work. Null: its exports can be saved, not started. */
  verifiedAt: z.string().nullable(),
  lastVerifiedAt: z.string().nullable(),
  lastVerification: verifyResultSchema.nullable(),
  /** What a role's trust policy must ask for (sts:ExternalId). */
  externalId: idSchema,
  createdBy: z.string().nullable(),
  usedByExports: z.number().int(),
  exports: z.array(z.object({ id: idSchema, name: z.string(), paused: z.boolean() })),
  createdAt: z.string(),
  updatedAt: z.string(),
});

export const connectionSchema = z.intersection(described, readable);

export type S3Config = z.infer<typeof s3ConfigSchema>;
export type S3Secret = z.infer<typeof s3SecretSchema>;
/** The readable part of any connection. */
export type ConnectionConfig = Connection["config"];
export type CreateConnection = z.infer<typeof createConnectionSchema>;
export type CreateConnectionInput = z.input<typeof createConnectionSchema>;
export type TestConnection = z.infer<typeof testConnectionSchema>;
export type PatchConnection = z.infer<typeof patchConnectionSchema>;
export type VerifyStep = z.infer<typeof verifyStepSchema>;
export type VerifyResult = z.infer<typeof verifyResultSchema>;
export type Connection = z.infer<typeof connectionSchema>;
