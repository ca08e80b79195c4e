import { expect, it } from "vitest";
import { missingStatement } from "./missing-statement";

it.each([
  ["s3:PutObject", "arn:aws:s3:::my-bucket/exports/*"],
  ["s3:ListBucket", "arn:aws-cn:s3:::my-bucket"],
])("makes the statement of the permission %s on %s", (action, resource) => {
  const fix = `Allow ${action} on ${resource} for this user, and check that no bucket policy denies it; then retry the run.`;
  expect(JSON.parse(missingStatement({ fix }) ?? "")).toEqual({
    Effect: "Allow",
    Action: [action],
    Resource: [resource],
  });
});

it.each([null, "Create the bucket, or correct its name in the connection.", "Allow kms:Decrypt to this user, in IAM."])(
  "makes none of the fix %j",
  (fix) => expect(missingStatement({ fix })).toBeNull(),
);
