import { z } from "zod";
import { serviceUrlSchema } from "@/lib/fields/common";
import { ACLS } from "./acls";
import { type Named, nameProblems } from "./amazon";
import { arnProblem } from "./bucket-kinds";

const BUCKET_NAME =
  "Must be a bucket name: 3 to 255 letters, digits, dots, hyphens, and underscores. On Amazon S3, 3 to 63 of a-z, 0-9, dot, and hyphen.";

/** For any storage: Amazon's own rules for names are stricter, see `nameProblems`. */
export const bucketSchema = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9._-]{2,254}$/, { error: ({ input }) => arnProblem(input) ?? BUCKET_NAME });

/** How Penstock authenticates to the storage. */
const S3_AUTHS = ["keys", "role", "policy"] as const;

export const authSchema = z.enum(S3_AUTHS, { error: `Must be one of: ${S3_AUTHS.join(", ")}.` });

const accessKeyIdSchema = z
  .string()
  .trim()
  .min(1, "This field is required.")
  .max(256)
  .regex(/^[\x21-\x7e]+$/, "Must be printable ASCII without spaces.");

export const roleArnSchema = z
  .string()
  .trim()
  .regex(
    /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
    "Must be a role ARN like arn:aws:iam::123456789012:role/penstock.",
  );

/** A part of a host name: the SDK takes nothing else. */
export const regionSchema = z
  .string()
  .regex(/^(?!-)[A-Za-z0-9-]{1,63}(?<!-)$/, "Must be a region like eu-central-1, GRA, or auto.");

/** A plain folder without variables, to which a least-privilege policy can be limited. */
export const basePrefixSchema = z
  .string()
  .max(256, "Must be at most 256 characters.")
  .regex(/^$|^(?!\/)(?:[\w!.*'()-]+\/)+$/, "Must be empty, or a folder like exports/penstock/ that ends with a slash.")
  .refine(
    (value) => !value.split("/").some((part) => part === "." || part === ".."),
    "Must not contain . or .. as a folder.",
  );

export const aclSchema = z
  .enum(ACLS, { error: `Must be ${ACLS[0]} or null.` })
  .nullable()
  .default(null);

/** The readable part of an S3 connection. */
export const s3ConfigSchema = z.object({
  bucket: bucketSchema,
  region: regionSchema,
  endpoint: serviceUrlSchema.nullable().default(null),
  forcePathStyle: z.boolean().default(false),
  /** All keys written through this connection begin with it: exports' own prefixes do. */
  prefix: basePrefixSchema.default(""),
  auth: authSchema.default("keys"),
  /** Only with `keys`. */
  accessKeyId: accessKeyIdSchema.nullable().default(null),
  /** Only with `role`. */
  roleArn: roleArnSchema.nullable().default(null),
  /** Given to every object. */
  acl: aclSchema,
  /** The account that the bucket must belong to: every request says so, and the storage refuses another's bucket. */
  expectedBucketOwner: z
    .string()
    .trim()
    .regex(/^\d{12}$/, "Must be an AWS account ID (12 digits).")
    .nullable()
    .default(null),
  /** Accepts the costs of requests to a bucket whose owner wants them paid by others. */
  requesterPays: z.boolean().default(false),
});

/** The secret part: empty with `role` and `policy`, which have no secret. */
export const s3SecretSchema = z.object({
  secretAccessKey: z.string().trim().min(1, "This field is required.").max(1024).nullable().default(null),
});

interface WayOfAuth {
  auth: (typeof S3_AUTHS)[number];
  accessKeyId: string | null;
  roleArn: string | null;
}

/** All problems between a connection's fields, as issues below `config`. */
export const configProblems = (config: Named & WayOfAuth & { secretAccessKey?: string | null }, hasSecret: boolean) => [
  ...nameProblems(config),
  ...authProblems(config, hasSecret),
];

/** What each auth method requires and excludes, as issues below `config`. */
function authProblems(config: WayOfAuth & { secretAccessKey?: string | null }, hasSecret: boolean) {
  const { auth, accessKeyId, roleArn } = config;
  const problems: { path: string; message: string }[] = [];
  const need = (path: string, there: boolean, words: string) =>
    there || problems.push({ path, message: `Enter the ${words}.` });
  const refuse = (path: string, there: boolean, owner: string) =>
    there && problems.push({ path, message: `Only for the authentication ${owner}.` });
  if (auth === "keys") {
    need("accessKeyId", accessKeyId !== null, "access key ID");
    need("secretAccessKey", hasSecret || Boolean(config.secretAccessKey), "secret access key");
  } else {
    refuse("accessKeyId", accessKeyId !== null, "keys");
    refuse("secretAccessKey", Boolean(config.secretAccessKey), "keys");
  }
  if (auth === "role") need("roleArn", roleArn !== null, "role ARN");
  else refuse("roleArn", roleArn !== null, "role");
  return problems;
}

export type S3Config = z.infer<typeof s3ConfigSchema>;

type Later = "acl" | "expectedBucketOwner" | "requesterPays";

/** A config as runs pinned it: those of earlier versions lack the later fields. */
export type StoredS3Config = Omit<S3Config, Later> & Partial<Pick<S3Config, Later>>;
export type S3Secret = z.infer<typeof s3SecretSchema>;
