import { sameConfig } from "../same-config";
import type { MergedConfig } from "../types";
import { kindProblems } from "./amazon";
import { configProblems, type S3Config, type S3Secret, s3ConfigSchema } from "./schema";

/** Merges given settings into stored ones. Drops what a new sign-in method doesn't use, unless it was given. */
export function mergeS3(
  { config: stored, hasSecret }: { config: S3Config; hasSecret: boolean },
  { secretAccessKey: secret, ...given }: Partial<S3Config & S3Secret>,
): MergedConfig<S3Config, S3Secret> {
  const auth = given.auth ?? stored.auth;
  const kept = {
    ...stored,
    ...(auth !== "keys" && { accessKeyId: null }),
    ...(auth !== "role" && { roleArn: null }),
  };
  const config = s3ConfigSchema.parse({ ...kept, ...given });
  // A connection of an earlier version may have such a bucket, and its secret can still change.
  const isSameBucket = config.bucket === stored.bucket && config.endpoint === stored.endpoint;
  const next = auth === "keys" ? secret : null;
  return {
    config,
    secret: next === undefined ? undefined : { secretAccessKey: next },
    moved: secret !== undefined || !sameConfig(config, s3ConfigSchema.parse(stored)),
    carried: next === undefined ? ["secretAccessKey"] : [],
    problems: [
      ...configProblems({ ...config, secretAccessKey: secret ?? null }, auth === "keys" && hasSecret),
      ...(isSameBucket ? [] : kindProblems(config)),
    ],
  };
}
