import type { S3Config, StoredS3Config } from "@/lib/destinations/s3/schema";

/** Form values of an S3 connection, with the fields of every authentication method; only one applies. */
export interface S3Form {
  type: "s3";
  name: string;
  config: S3Config & { secretAccessKey: string };
}

/** The form's labels, for what has changed since it was opened. */
const LABELS: Record<keyof S3Form["config"], string> = {
  bucket: "Bucket",
  region: "Region",
  endpoint: "Endpoint",
  forcePathStyle: "Path-style addresses",
  prefix: "Folder",
  auth: "Authentication",
  accessKeyId: "Access key ID",
  secretAccessKey: "Secret access key",
  roleArn: "Role ARN",
  acl: "Full control for the bucket’s owner",
  expectedBucketOwner: "Owner’s account ID",
  requesterPays: "Requester pays",
};

export const labelOf = (name: string): string | undefined => (LABELS as Record<string, string>)[name];

/** The values of the chosen authentication method. An empty secret keeps its stored value. */
export function cleanedS3(config: S3Form["config"]) {
  const keys = config.auth === "keys";
  const secret = keys && config.secretAccessKey !== "" ? { secretAccessKey: config.secretAccessKey } : {};
  const { secretAccessKey: _, ...open } = config;
  return {
    ...open,
    accessKeyId: keys ? open.accessKeyId : null,
    roleArn: open.auth === "role" ? open.roleArn : null,
    ...secret,
  };
}

export const emptyS3 = (): S3Form["config"] => ({
  bucket: "",
  region: "us-east-1",
  endpoint: null,
  forcePathStyle: false,
  prefix: "",
  auth: "keys",
  accessKeyId: "",
  roleArn: "",
  secretAccessKey: "",
  acl: null,
  expectedBucketOwner: null,
  requesterPays: false,
});

export const s3AsForm = (config: StoredS3Config): S3Form["config"] => ({
  ...config,
  accessKeyId: config.accessKeyId ?? "",
  roleArn: config.roleArn ?? "",
  acl: config.acl ?? null,
  expectedBucketOwner: config.expectedBucketOwner ?? null,
  requesterPays: config.requesterPays ?? false,
  secretAccessKey: "",
});
