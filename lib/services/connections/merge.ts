import { AppError } from "@/lib/errors";
import { authProblems, type PatchConnection, type S3Config, s3ConfigSchema } from "@/lib/schemas/connection";

type Given = NonNullable<PatchConnection["config"]>;

export interface Merged {
  config: S3Config;
  /** The new secret; null where there is none any more; undefined where the stored one stays. */
  secret: string | null | undefined;
  /** Whether it now leads elsewhere, or as somebody else. */
  moved: boolean;
}

/**
 * A connection's settings with what was given. What a new way of authentication has no use for goes, unless it was given: then,
 * and where something is lacking, it throws a 422 that names the fields.
 */
export function mergeConfig(stored: S3Config, given: Given, hadSecret: boolean): Merged {
  const { secretAccessKey, ...rest } = given;
  const auth = rest.auth ?? stored.auth;
  const kept = {
    ...stored,
    ...(auth !== "keys" && { accessKeyId: null }),
    ...(auth !== "role" && { roleArn: null }),
  };
  const config = s3ConfigSchema.parse({ ...kept, ...rest });
  const problems = authProblems({ ...config, secretAccessKey: secretAccessKey ?? null }, auth === "keys" && hadSecret);
  if (problems.length > 0) throw lacking(problems);
  const secret = auth === "keys" ? secretAccessKey : null;
  return { config, secret, moved: secretAccessKey !== undefined || !sameConfig(config, s3ConfigSchema.parse(stored)) };
}

function lacking(problems: { path: string; message: string }[]): AppError {
  const details = problems.map(({ path, message }) => ({ path: `config.${path}`, message }));
  const text = details.map(({ path, message }) => `${path} ${message}`).join("; ");
  return new AppError("invalid_request", `${text}.`, 422, details);
}

/** Whether two settings are the same, field by field. */
export const sameConfig = (a: S3Config, b: S3Config): boolean =>
  (Object.keys(a) as (keyof S3Config)[]).every((key) => a[key] === b[key]);
