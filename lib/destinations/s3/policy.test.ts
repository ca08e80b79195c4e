import { describe, expect, it } from "vitest";
import { makePolicy, neededActions } from "./policy";
import { type PolicyRequest, policyRequestSchema, policySchema } from "./policy-schema";
import { partitionOf, statementText } from "./statements";

const PRINCIPAL = "arn:aws:iam::111111111111:user/penstock";
const KEY = "arn:aws:kms:eu-central-1:222222222222:key/1234";
const externalId = "0c5c6f0c-3c8e-4a53-8f0e-0b6b1f6b7a10";

const make = (request: Partial<PolicyRequest>, principal: string | null = PRINCIPAL) =>
  policySchema.parse(
    makePolicy(policyRequestSchema.parse({ type: "s3", bucket: "a-bucket", ...request }), { principal, externalId }),
  );

const actionsOf = (statements: { Action: string[] }[] = []) => statements.flatMap(({ Action }) => Action);

describe("the generated policy", () => {
  it("lists the bucket, writes its objects and says what may be left out", () => {
    const { iamPolicy } = make({});
    expect(iamPolicy.Statement).toEqual([
      { Sid: "PenstockListBucket", Effect: "Allow", Action: ["s3:ListBucket"], Resource: ["arn:aws:s3:::a-bucket"] },
      {
        Sid: "PenstockWrite",
        Effect: "Allow",
        Action: ["s3:PutObject", "s3:AbortMultipartUpload"],
        Resource: ["arn:aws:s3:::a-bucket/*"],
      },
      {
        Sid: "PenstockListBucketMultipartUploads",
        Effect: "Allow",
        Action: ["s3:ListBucketMultipartUploads"],
        Resource: ["arn:aws:s3:::a-bucket"],
      },
      {
        Sid: "PenstockGetBucketOwnershipControls",
        Effect: "Allow",
        Action: ["s3:GetBucketOwnershipControls"],
        Resource: ["arn:aws:s3:::a-bucket"],
      },
      {
        Sid: "PenstockOptional",
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:DeleteObject"],
        Resource: ["arn:aws:s3:::a-bucket/*"],
      },
    ]);
  });

  it("is limited to a prefix, also for listing", () => {
    const { iamPolicy, bucketPolicy } = make({ prefix: "team/" });
    for (const policy of [iamPolicy, bucketPolicy!]) {
      expect(policy.Statement[0]?.Condition).toEqual({ StringLike: { "s3:prefix": ["team/*"] } });
      expect(policy.Statement[1]?.Resource).toEqual(["arn:aws:s3:::a-bucket/team/*"]);
      expect(policy.Statement[4]?.Resource).toEqual(["arn:aws:s3:::a-bucket/team/*"]);
    }
  });

  it("lets in Penstock's principal, and to a role only with the organization's external id", () => {
    const { bucketPolicy, trustPolicy } = make({ auth: "role" });
    expect(bucketPolicy?.Statement.map(({ Principal }) => Principal)).toEqual(Array(5).fill({ AWS: PRINCIPAL }));
    expect(trustPolicy?.Statement).toEqual([
      {
        Sid: "PenstockAssumeRole",
        Effect: "Allow",
        Principal: { AWS: PRINCIPAL },
        Action: ["sts:AssumeRole"],
        Condition: { StringEquals: { "sts:ExternalId": externalId } },
      },
    ]);
    expect(make({ auth: "keys" }).trustPolicy).toBeNull();
    expect(make({ auth: "policy" }).trustPolicy).toBeNull();
  });

  it.each(["role", "policy"] as const)("says what the operator must set before the way %s is open", (auth) => {
    const { bucketPolicy, trustPolicy, principal, steps } = make({ auth }, null);
    expect({ bucketPolicy, trustPolicy, principal }).toEqual({
      bucketPolicy: null,
      trustPolicy: null,
      principal: null,
    });
    expect(steps.join(" ")).toContain("PENSTOCK_AWS_PRINCIPAL_ARN");
  });

  it.each([
    [{ kmsKeyId: KEY }, "arn:aws:iam::222222222222:root", KEY],
    [{ kmsKeyId: "1234" }, "arn:aws:iam::ACCOUNT-ID:root", "arn:aws:kms:*:*:key/1234"],
    [{ kmsKeyId: KEY, auth: "policy" as const }, PRINCIPAL, KEY],
    [
      { kmsKeyId: KEY, auth: "role" as const, roleArn: "arn:aws:iam::222222222222:role/writer" },
      "arn:aws:iam::222222222222:role/writer",
      KEY,
    ],
  ])("lets the writer use the KMS key: %j", (request, principal, resource) => {
    const { kmsStatement, iamPolicy, steps } = make(request);
    expect(kmsStatement).toMatchObject({
      Principal: { AWS: principal },
      Action: ["kms:GenerateDataKey", "kms:Decrypt"],
      Resource: ["*"],
    });
    expect(iamPolicy.Statement.find(({ Sid }) => Sid === "PenstockKmsKey")?.Resource).toEqual([resource]);
    expect(steps.some((step) => step.includes("Replace ACCOUNT-ID"))).toBe(principal.includes("ACCOUNT-ID"));
  });

  it("names a KMS key that has but an alias by a condition, because an alias is no resource", () => {
    const { iamPolicy } = make({ kmsKeyId: "alias/exports" });
    expect(iamPolicy.Statement.find(({ Sid }) => Sid === "PenstockKmsKey")).toMatchObject({
      Resource: ["arn:aws:kms:*:*:key/*"],
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/exports" } },
    });
  });

  it.each([
    {},
    { kmsKeyId: KEY },
    { acl: "bucket-owner-full-control" as const },
    { kmsKeyId: KEY, auth: "role" as const },
    { auth: "policy" as const },
  ])("asks for nothing but the actions that it explains: %j", (request) => {
    const { iamPolicy, actions, bucketPolicy, steps } = make(request);
    const explained = actions.map(({ action }) => action);
    expect(actionsOf(iamPolicy.Statement).sort()).toEqual([...explained].sort());
    expect(explained).toEqual(expect.arrayContaining(actionsOf(bucketPolicy?.Statement)));
    expect(actions.every(({ why }) => why.length > 20)).toBe(true);
    expect(steps.length).toBeGreaterThan(3);
  });

  it("allows ACLs where the connection gives one", () => {
    const { iamPolicy, bucketPolicy } = make({ acl: "bucket-owner-full-control" });
    for (const policy of [iamPolicy, bucketPolicy!])
      expect(policy.Statement.find(({ Sid }) => Sid === "PenstockWrite")?.Action).toContain("s3:PutObjectAcl");
    expect(actionsOf(make({}).iamPolicy.Statement)).not.toContain("s3:PutObjectAcl");
  });

  it("marks as optional what exports can do without", () => {
    const needed = neededActions(true).filter(({ optional }) => !optional);
    expect(needed.map(({ action }) => action)).toEqual(["s3:PutObject", "kms:GenerateDataKey", "kms:Decrypt"]);
  });

  it.each([
    ["arn:aws-cn:iam::1:role/x", undefined, "aws-cn"],
    ["arn:aws-us-gov:kms:us-gov-west-1:1:key/x", undefined, "aws-us-gov"],
    [null, "cn-northwest-1", "aws-cn"],
    [null, "us-gov-east-1", "aws-us-gov"],
    ["1234", "eu-central-1", "aws"],
    [null, undefined, "aws"],
  ])("knows the partition of %s in %s: %s", (arn, region, partition) => {
    expect(partitionOf(arn, region)).toBe(partition);
    const { iamPolicy } = make({ region, kmsKeyId: arn }, null);
    expect(iamPolicy.Statement[0]?.Resource).toEqual([`arn:${partition}:s3:::a-bucket`]);
  });
});

describe("the statement for one missing permission", () => {
  const place = { bucket: "a-bucket", prefix: "team/", kmsKeyId: KEY, partition: "aws" };
  it.each([
    ["s3:ListBucket", "arn:aws:s3:::a-bucket"],
    ["s3:PutObject", "arn:aws:s3:::a-bucket/team/*"],
    ["s3:DeleteObject", "arn:aws:s3:::a-bucket/team/*"],
    ["kms:Decrypt", KEY],
  ])("allows %s and nothing else", (action, resource) => {
    const text = statementText(place, action);
    expect(JSON.parse(text)).toMatchObject({ Effect: "Allow", Action: [action], Resource: [resource] });
  });
});
