import type { StoredS3Config } from "./schema";

/** The parts of a connection in a policy. */
export interface PolicyScope {
  bucket: string;
  /** All of Penstock's keys begin with it. */
  prefix: string;
  kmsKeyId: string | null;
  /** Amazon's partition, the second part of every ARN: `aws`, `aws-cn`, `aws-us-gov`. */
  partition: string;
}

export interface Statement {
  Sid: string;
  Effect: "Allow";
  Action: string[];
  Resource: string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** The partition that an ARN names, otherwise the region's. */
export function partitionOf(arn: string | null | undefined, region?: string): string {
  const named = /^arn:(aws[a-z-]*):/.exec(arn ?? "")?.[1];
  if (named) return named;
  if (region?.startsWith("cn-")) return "aws-cn";
  return region?.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

export const scopeOf = (
  { bucket, prefix, region, roleArn }: StoredS3Config,
  kmsKeyId: string | null = null,
): PolicyScope => ({
  bucket,
  prefix,
  kmsKeyId,
  partition: partitionOf(roleArn ?? kmsKeyId, region),
});

const bucketArn = ({ partition, bucket }: PolicyScope) => `arn:${partition}:s3:::${bucket}`;
const objectsArn = (place: PolicyScope) => `${bucketArn(place)}/${place.prefix}*`;

/** `s3:PutObject` as `PenstockPutObject`: a Sid allows no colon. */
const sidOf = (action: string) => `Penstock${action.replace(/^.*:/, "")}`;

/** Allows listing only below the prefix. */
const listing = (place: PolicyScope): Statement => ({
  Sid: "PenstockListBucket",
  Effect: "Allow",
  Action: ["s3:ListBucket"],
  Resource: [bucketArn(place)],
  ...(place.prefix !== "" && { Condition: { StringLike: { "s3:prefix": [`${place.prefix}*`] } } }),
});

/** Actions on the bucket itself that support no condition on the prefix. */
const WHOLE_BUCKET = ["s3:ListBucketMultipartUploads", "s3:GetBucketOwnershipControls"];

/** Whether an action is granted on the bucket, not on its objects. */
export const isBucketAction = (action: string): boolean => action === "s3:ListBucket" || WHOLE_BUCKET.includes(action);

const onBucket = (place: PolicyScope, action: string): Statement => ({
  Sid: sidOf(action),
  Effect: "Allow",
  Action: [action],
  Resource: [bucketArn(place)],
});

const onObjects = (place: PolicyScope, Action: string[], Sid = sidOf(Action[0]!)): Statement => ({
  Sid,
  Effect: "Allow",
  Action,
  Resource: [objectsArn(place)],
});

/** Allows encrypting with the key. An alias can't be a resource: the condition allows any key that has it. */
function onKey({ partition, kmsKeyId }: PolicyScope, Action: string[]): Statement {
  const key = kmsKeyId ?? "";
  const common = { Sid: "PenstockKmsKey", Effect: "Allow" as const, Action };
  const alias = /(?:^|:)(alias\/.+)$/.exec(key)?.[1];
  if (alias)
    return {
      ...common,
      Resource: [`arn:${partition}:kms:*:*:key/*`],
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": alias } },
    };
  return { ...common, Resource: [key.startsWith("arn:") ? key : `arn:${partition}:kms:*:*:key/${key}`] };
}

/** Statements that allow these actions in a scope; those on objects share one. */
export function statementsFor(place: PolicyScope, actions: string[], sid?: string): Statement[] {
  const bucket = actions.filter((action) => WHOLE_BUCKET.includes(action));
  const objects = actions.filter(
    (action) => action.startsWith("s3:") && action !== "s3:ListBucket" && !bucket.includes(action),
  );
  const kms = actions.filter((action) => action.startsWith("kms:"));
  return [
    ...(actions.includes("s3:ListBucket") ? [listing(place)] : []),
    ...bucket.map((action) => onBucket(place, action)),
    ...(objects.length > 0 ? [onObjects(place, objects, sid)] : []),
    ...(kms.length > 0 ? [onKey(place, kms)] : []),
  ];
}

/** The statement that grants a missing permission, as JSON to paste. */
export const statementText = (place: PolicyScope, action: string): string =>
  JSON.stringify(statementsFor(place, [action])[0], null, 2);
