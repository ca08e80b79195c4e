import type { S3ClientConfig } from "@aws-sdk/client-s3";
import { fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { getEnv } from "../../env";

/** Credentials for the AWS SDK: static, or a function that gets them on demand. */
export type Credentials = NonNullable<S3ClientConfig["credentials"]>;

export interface Principal {
  arn: string;
  credentials: Credentials;
}

/** What the operator must do before connections by role or by bucket policy work. */
export const NO_PRINCIPAL =
  "needs an AWS principal of Penstock's own, which this installation doesn't have. Ask its operator to set PENSTOCK_AWS_PRINCIPAL_ARN, with PENSTOCK_AWS_ACCESS_KEY_ID and PENSTOCK_AWS_SECRET_ACCESS_KEY or other credentials that the AWS SDK finds";

/** Penstock's own principal at AWS; null if the operator has set none. */
export function principal(): Principal | null {
  const env = getEnv();
  const { PENSTOCK_AWS_PRINCIPAL_ARN: arn, PENSTOCK_AWS_ACCESS_KEY_ID: id, PENSTOCK_AWS_SECRET_ACCESS_KEY: key } = env;
  if (!arn) return null;
  return { arn, credentials: id && key ? { accessKeyId: id, secretAccessKey: key } : fromNodeProviderChain() };
}
