import { z } from "zod";

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

/** What of an S3 connection may be read back. */
export const s3ConfigSchema = z.object({
  bucket: bucketSchema,
  region: regionSchema,
  endpoint: endpointSchema.default(null),
  forcePathStyle: z.boolean().default(false),
  /** All that Penstock writes through this connection lies below it: exports' own prefixes begin with it. */
  prefix: basePrefixSchema.default(""),
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

export type S3Config = z.infer<typeof s3ConfigSchema>;
export type S3Secret = z.infer<typeof s3SecretSchema>;
