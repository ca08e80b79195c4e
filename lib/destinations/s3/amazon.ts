import { arnProblem, kindProblem } from "./bucket-kinds";

const HOST = /(^|\.)amazonaws\.com(\.cn)?$/;

/** Whether an endpoint is Amazon's own, however it is written: its storage has one owner and one set of rules. */
export function isAmazon(endpoint: string | null): boolean {
  if (endpoint === null) return true;
  return URL.canParse(endpoint) && HOST.test(new URL(endpoint).hostname.replace(/\.$/, ""));
}

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const REGION = /^[a-z0-9-]{2,40}$/;

export interface Named {
  bucket: string;
  region: string;
  endpoint: string | null;
  auth: string;
}

/** Names that break Amazon's rules; other storages have looser ones. */
export function nameProblems({ bucket, region, endpoint, auth }: Named): { path: string; message: string }[] {
  const problems: { path: string; message: string }[] = [];
  const amazon = isAmazon(endpoint);
  if (amazon && !BUCKET.test(bucket) && arnProblem(bucket) === null)
    problems.push({
      path: "bucket",
      message: "Must be an Amazon S3 bucket name: 3 to 63 characters of a-z, 0-9, dot, and hyphen.",
    });
  // Amazon issues a role's credentials in that region, wherever the storage is.
  if ((amazon || auth === "role") && !REGION.test(region))
    problems.push({ path: "region", message: "Must be an AWS region like eu-central-1." });
  return problems;
}

/** Kinds of Amazon's storage that exports can't write to. */
export function kindProblems({ bucket, endpoint }: Pick<Named, "bucket" | "endpoint">) {
  const message = isAmazon(endpoint) ? kindProblem(bucket) : null;
  return message === null ? [] : [{ path: "bucket", message }];
}

/** Amazon's endpoint of a region. */
export const amazonEndpoint = (region: string): string =>
  `https://s3.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
