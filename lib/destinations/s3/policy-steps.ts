import type { Policy, PolicyRequest } from "./policy-schema";

const NO_PRINCIPAL =
  "Ask the operator of this installation to give Penstock a principal at AWS (PENSTOCK_AWS_PRINCIPAL_ARN). Until then, this kind of access is not available.";

const VERIFY =
  "Save the connection here and verify it: verification uses each permission and names those that are missing.";

/** How to use the documents, one sentence per step, in order. */
export function policySteps(
  { auth, bucket, kmsKeyId }: PolicyRequest,
  { principal, externalId, kmsStatement }: Pick<Policy, "principal" | "externalId" | "kmsStatement">,
): string[] {
  const create = `Create the bucket ${bucket} if it does not exist, and leave public access blocked.`;
  const ways = {
    keys: [
      create,
      "In IAM, create a user for Penstock without console access, and attach the IAM policy to it.",
      "Create an access key for the user, and enter its ID and secret in the connection.",
      ...keySteps(kmsKeyId, kmsStatement),
      VERIFY,
    ],
    role: [
      create,
      principal
        ? `In IAM make a role with the trust policy: it lets ${principal} in, with the external id ${externalId} only.`
        : NO_PRINCIPAL,
      "Attach the IAM policy to the role, and enter the role's ARN in the connection.",
      ...keySteps(kmsKeyId, kmsStatement),
      VERIFY,
    ],
    policy: [
      create,
      principal
        ? `In the bucket's permissions paste the bucket policy: it lets ${principal} write. Add its statements to those that are there already.`
        : NO_PRINCIPAL,
      "The operator of Penstock attaches the IAM policy to Penstock's principal, because both accounts must allow access.",
      ...keySteps(kmsKeyId, kmsStatement),
      VERIFY,
    ],
  };
  return ways[auth];
}

function keySteps(kmsKeyId: string | null, statement: Policy["kmsStatement"]): string[] {
  if (kmsKeyId === null) return [];
  const placeholder = statement?.Principal?.AWS.includes("ACCOUNT-ID")
    ? " Write your account's number in place of ACCOUNT-ID."
    : "";
  return [
    `Add the KMS statement to the policy of the key ${kmsKeyId}, which must lie in the bucket's region.${placeholder}`,
  ];
}
