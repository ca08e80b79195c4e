import type { S3Config, StoredS3Config } from "@/lib/destinations/s3/schema";
import type { S3Destination } from "@/lib/destinations/s3/settings";
import { code, inline } from "../code";
import type { ConnectionLook, DestinationWords, Fact } from "../parts";
import { encryptionWords } from "./encryption-words";
import { providerWords } from "./providers";

const authWords: Record<S3Config["auth"], string> = {
  keys: "Access keys",
  role: "IAM role",
  policy: "Bucket policy",
};

interface Leading {
  config: S3Config;
}

const signInWords = ({ config }: Leading): string => authWords[config.auth];

const lookOf = ({ config }: Leading): ConnectionLook => ({
  leads: bucketFacts(config),
  isWide: true,
  more: [["Region", config.region], ...ownerFacts(config)],
  asksExternalId: config.auth === "role",
});

function bucketFacts({ bucket, prefix, endpoint, accessKeyId, roleArn }: S3Config): Fact[] {
  return [
    ["Bucket", code(bucket)],
    ["Folder", prefix ? code(prefix) : "None"],
    ["Endpoint", endpoint ? code(endpoint) : "Amazon’s own"],
    ...(accessKeyId ? [["Access key ID", code(accessKeyId)] as const] : []),
    ...(roleArn ? [["Role", code(roleArn)] as const] : []),
  ];
}

/** What a bucket of another account requires. Connections of earlier versions have none of it. */
function ownerFacts({ acl, expectedBucketOwner, requesterPays }: StoredS3Config): Fact[] {
  return [
    ...(expectedBucketOwner ? [["Owner’s account", code(expectedBucketOwner)] as const] : []),
    ...(acl ? [["File ACL", code(acl)] as const] : []),
    ...(requesterPays ? [["Requests paid by", "The writing account"] as const] : []),
  ];
}

/** How an export's files are encrypted. */
function encryptionFacts({ encryption, kmsKeyId, bucketKeyEnabled }: S3Destination): Fact[] {
  return [
    ["Encryption at rest", encryptionWords[encryption]],
    ...(kmsKeyId === null ? [] : [["KMS key", inline(kmsKeyId)] as const]),
    ...(encryption === "aws:kms" ? [["Bucket key", bucketKeyEnabled ? "Yes" : "No"] as const] : []),
  ];
}

export const s3Words: DestinationWords<"s3"> = {
  kindWords: ({ config }) => providerWords(config.endpoint),
  signInWords,
  look: lookOf,
  settingFacts: encryptionFacts,
};
