import type { Policy, PolicyRequest } from "./policy-schema";

const NO_PRINCIPAL =
  "Ask the operator of this installation to set up an AWS principal for Penstock (PENSTOCK_AWS_PRINCIPAL_ARN). Until then, this kind of access isn't available.";

const VERIFY =
  "Save the connection here and verify it. Verification uses each permission and lists those that are missing.";

/** How to use the documents, one sentence per step, in order. */
export function policySteps(
  { auth, bucket, kmsKeyId }: PolicyRequest,
  { principal, externalId, kmsStatement }: Pick<Policy, "principal" | "externalId" | "kmsStatement">,
): string[] {
  const create = `Create the bucket ${bucket} if it doesn't exist, and keep public access blocked.`;
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
        ? `In IAM, create a role with the trust policy. It allows only ${principal}, with the external ID ${externalId}.`
        : NO_PRINCIPAL,
      "Attach the IAM policy to the role, and enter the role's ARN in the connection.",
      ...keySteps(kmsKeyId, kmsStatement),
      VERIFY,
    ],
    policy: [
      create,
      principal
        ? `Paste the bucket policy in the bucket's permissions. It lets ${principal} write. If there already is a policy, add the statements to it.`
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
    ? " Replace ACCOUNT-ID with your account ID."
    : "";
  return [
    `Add the KMS statement to the policy of the key ${kmsKeyId}, which must be in the bucket's region.${placeholder}`,
  ];
}
