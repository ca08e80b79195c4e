import type { z } from "zod";
import { type DestinationType, destinations } from "@/lib/destinations/catalog";
import { type ConnectionConfig, type ConnectionSecret, secretGoesTo } from "@/lib/destinations/connection";
import { configProblems, type S3Config, s3ConfigSchema } from "@/lib/destinations/s3/schema";
import { AppError } from "@/lib/errors";
import { issueMessage } from "@/lib/schemas/issue-message";

export interface Merged {
  config: ConnectionConfig;
  /** The new secret; undefined where the stored one stays. */
  secret: ConnectionSecret | undefined;
  /** Whether it now leads elsewhere, or as somebody else. */
  moved: boolean;
}

export interface Stored {
  type: DestinationType;
  config: ConnectionConfig;
  /** Opened only where what was given has to be held against it. */
  openSecret(): ConnectionSecret;
  hasSecret: boolean;
}

/** A connection's settings with what was given, by the rules of its type. Throws a 422 that names the fields. */
export function mergeConnection(stored: Stored, given: Record<string, unknown>): Merged {
  const parsed = destinations[stored.type].patch.strict().safeParse(given, { error: issueMessage });
  if (!parsed.success)
    throw lacking(parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message })));
  if (stored.type === "s3") return mergeS3(stored, parsed.data as Given);
  return mergePlain(stored, parsed.data);
}

function mergeS3({ config, hasSecret }: Stored, given: Given): Merged {
  const { secret, ...merged } = mergeConfig(config as S3Config, given, hasSecret);
  return { ...merged, secret: secret === undefined ? undefined : { secretAccessKey: secret } };
}

/** Every field that is given replaces the stored one; what a way of signing in has no use for must be given as null. */
function mergePlain(stored: Stored, given: Record<string, unknown>): Merged {
  const { config: readable, secret: secretSchema } = destinations[stored.type];
  const whole = { ...stored.config, ...stored.openSecret(), ...given };
  const checked = destinations[stored.type].full.safeParse(whole, { error: issueMessage });
  if (!checked.success)
    throw lacking(checked.error.issues.map(({ path, message }) => ({ path: path.join("."), message })));
  const config = readable.parse(checked.data) as ConnectionConfig;
  const kept: Record<string, unknown> = secretSchema.parse(stored.openSecret());
  const next: Record<string, unknown> = secretSchema.parse(checked.data);
  const carried = Object.keys(next).filter((name) => next[name] !== null && given[name] === undefined);
  requireAgain(carried, stored, config);
  const secret = JSON.stringify(next) === JSON.stringify(kept) ? undefined : (next as ConnectionSecret);
  return { config, secret, moved: secret !== undefined || !sameConfig(config, stored.config) };
}

/** Refuses to send secrets that were entered for one address to another. */
function requireAgain(secrets: readonly string[], stored: Pick<Stored, "type" | "config">, config: ConnectionConfig) {
  const before = secretGoesTo(stored);
  if (secrets.length === 0 || secretGoesTo({ type: stored.type, config }) === before) return;
  const message = `must be entered again: the stored one is only for ${before}`;
  throw lacking(secrets.map((path) => ({ path, message })));
}

type Given = z.infer<(typeof destinations.s3)["patch"]>;

interface MergedS3 {
  config: S3Config;
  /** The new secret; null where there is none any more; undefined where the stored one stays. */
  secret: string | null | undefined;
  moved: boolean;
}

/**
 * A connection's settings with what was given. What a new way of authentication has no use for goes, unless it was given: then,
 * and where something is lacking, it throws a 422 that names the fields.
 */
export function mergeConfig(stored: S3Config, given: Given, hadSecret: boolean): MergedS3 {
  const { secretAccessKey, ...rest } = given;
  const auth = rest.auth ?? stored.auth;
  const kept = {
    ...stored,
    ...(auth !== "keys" && { accessKeyId: null }),
    ...(auth !== "role" && { roleArn: null }),
  };
  const config = s3ConfigSchema.parse({ ...kept, ...rest });
  const problems = configProblems(
    { ...config, secretAccessKey: secretAccessKey ?? null },
    auth === "keys" && hadSecret,
  );
  if (problems.length > 0) throw lacking(problems);
  if (auth === "keys" && secretAccessKey === undefined)
    requireAgain(["secretAccessKey"], { type: "s3", config: stored }, config);
  const secret = auth === "keys" ? secretAccessKey : null;
  return { config, secret, moved: secretAccessKey !== undefined || !sameConfig(config, s3ConfigSchema.parse(stored)) };
}

function lacking(problems: { path: string; message: string }[]): AppError {
  const details = problems.map(({ path, message }) => ({ path: `config.${path}`, message }));
  const text = details.map(({ path, message }) => `${path} ${message}`).join("; ");
  return new AppError("invalid_request", `${text}.`, 422, details);
}

/** Whether two settings are the same, field by field. */
export function sameConfig(a: ConnectionConfig, b: ConnectionConfig): boolean {
  const other = new Map<string, unknown>(Object.entries(b));
  return Object.entries(a).every(([name, value]) => other.get(name) === value);
}
