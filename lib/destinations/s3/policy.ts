import type { Policy, PolicyDocument, PolicyRequest } from "./policy-schema";
import { policySteps } from "./policy-steps";
import { type PolicyScope, partitionOf, type Statement, statementsFor } from "./statements";

interface Needed {
  action: string;
  why: string;
  /** Exports work without it, at the cost that `why` names. */
  optional: boolean;
}

const S3_ACTIONS: readonly Needed[] = [
  {
    action: "s3:ListBucket",
    why: "Before each commit, lists stored files to compare them with what was written. Later audits list them too. Without it, each file is checked individually or not at all; the receipt says which, and audits don't find objects that don't belong there.",
    optional: true,
  },
  {
    action: "s3:PutObject",
    why: "Writes every file and manifest, including the parts of large files.",
    optional: false,
  },
  {
    action: "s3:AbortMultipartUpload",
    why: "Cleans up parts of interrupted uploads. Without it, the parts stay and incur costs until a lifecycle rule removes them.",
    optional: true,
  },
  {
    action: "s3:ListBucketMultipartUploads",
    why: "Finds uploads that a stopped worker left open, to continue or abort them. Without it, unused ones stay until a lifecycle rule removes them.",
    optional: true,
  },
  {
    action: "s3:GetObject",
    why: "Reads an object's metadata to confirm that it belongs to this export before it is replaced or removed, and lets audits read files back. Without it, only size and ETag are compared.",
    optional: true,
  },
  {
    action: "s3:DeleteObject",
    why: "Removes the probe, and a window's old files when it is exported again with different rows. Without it, they stay beside the new ones.",
    optional: true,
  },
  {
    action: "s3:GetBucketOwnershipControls",
    why: "Lets verification find out which account owns the files. Without it, verification can't tell whether the bucket's owner can read them.",
    optional: true,
  },
];

const ACL_ACTIONS: readonly Needed[] = [
  {
    action: "s3:PutObjectAcl",
    why: "Lets each write give the bucket's owner full control of the object.",
    optional: false,
  },
];

const KMS_ACTIONS: readonly Needed[] = [
  {
    action: "kms:GenerateDataKey",
    why: "Lets S3 get a data key to encrypt each object with.",
    optional: false,
  },
  {
    action: "kms:Decrypt",
    why: "Lets S3 decrypt that data key to assemble the parts of large files and to read objects back.",
    optional: false,
  },
];

/** Each requested action, and why. */
export const neededActions = (withKey: boolean, withAcl = false): Needed[] => [
  ...S3_ACTIONS,
  ...(withAcl ? ACL_ACTIONS : []),
  ...(withKey ? KMS_ACTIONS : []),
];

export interface Installation {
  /** ARN of Penstock's own principal; null if the operator has set none. */
  principal: string | null;
  /** The organization's. */
  externalId: string;
}

/** The exact documents to paste for a bucket and an auth method, with instructions. */
export function makePolicy(request: PolicyRequest, { principal, externalId }: Installation): Policy {
  const { bucket, prefix, kmsKeyId, auth, region, acl } = request;
  const withAcl = acl !== null;
  const arn = request.roleArn ?? (auth === "keys" ? kmsKeyId : (principal ?? kmsKeyId));
  const place: PolicyScope = { bucket, prefix, kmsKeyId, partition: partitionOf(arn, region) };
  const policy = {
    iamPolicy: document(grants(place, true, withAcl)),
    bucketPolicy: principal
      ? document(grants(place, false, withAcl).map((it) => ({ Principal: { AWS: principal }, ...it })))
      : null,
    trustPolicy: auth === "role" && principal ? trustPolicy(principal, externalId) : null,
    kmsStatement: kmsKeyId === null ? null : keyStatement(request, place, principal),
    actions: neededActions(kmsKeyId !== null, withAcl),
    principal,
    externalId,
  };
  return { ...policy, steps: policySteps(request, policy) };
}

const document = (Statement: PolicyDocument["Statement"]): PolicyDocument => ({ Version: "2012-10-17", Statement });

/** Actions for writing, then optional ones in a separate statement that says so. */
function grants(place: PolicyScope, withKey: boolean, withAcl: boolean): Statement[] {
  const all = neededActions(withKey && place.kmsKeyId !== null, withAcl);
  const write = ["s3:ListBucket", "s3:PutObject", "s3:AbortMultipartUpload"];
  const actionsOf = (wanted: (needed: Needed) => boolean) => all.filter(wanted).map(({ action }) => action);
  const base = actionsOf(({ action, optional }) => write.includes(action) || !optional);
  const rest = actionsOf(({ action, optional }) => optional && !write.includes(action));
  return [...statementsFor(place, base, "PenstockWrite"), ...statementsFor(place, rest, "PenstockOptional")];
}

/** Lets Penstock's principal assume the role, but only for this organization. */
export const trustPolicy = (principal: string, externalId: string): PolicyDocument =>
  document([
    {
      Sid: "PenstockAssumeRole",
      Effect: "Allow",
      Principal: { AWS: principal },
      Action: ["sts:AssumeRole"],
      Condition: { StringEquals: { "sts:ExternalId": externalId } },
    },
  ]);

/** In a key's own policy “*” is the key itself. */
function keyStatement(
  { auth, kmsKeyId, roleArn }: PolicyRequest,
  { partition }: PolicyScope,
  principal: string | null,
) {
  const account = /^arn:[^:]*:kms:[^:]*:(\d{12}):/.exec(kmsKeyId ?? "")?.[1] ?? "ACCOUNT-ID";
  const owner = `arn:${partition}:iam::${account}:root`;
  const AWS = auth === "policy" ? (principal ?? owner) : (roleArn ?? owner);
  const Action = KMS_ACTIONS.map(({ action }) => action);
  return { Sid: "PenstockKmsKey", Effect: "Allow" as const, Principal: { AWS }, Action, Resource: ["*"] };
}
