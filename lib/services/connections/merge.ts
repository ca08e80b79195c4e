import { type DestinationType, destinations } from "@/lib/destinations/catalog";
import { type ConnectionConfig, type ConnectionSecret, secretGoesTo } from "@/lib/destinations/connection";
import { mergeByType } from "@/lib/destinations/registry";
import { sameConfig } from "@/lib/destinations/same-config";
import type { MergedConfig } from "@/lib/destinations/types";
import { AppError } from "@/lib/errors";

export interface Merged {
  config: ConnectionConfig;
  /** The new secret; undefined to keep the stored one. */
  secret: ConnectionSecret | undefined;
  /** Whether the configuration or the secret changed. */
  moved: boolean;
}

export interface Stored {
  type: DestinationType;
  config: ConnectionConfig;
  /** Called only if the new settings must be compared with it. */
  openSecret(): ConnectionSecret;
  hasSecret: boolean;
}

/** Merges given settings into a connection by the rules of its type. Throws a 422 that names the fields. */
export function mergeConnection(stored: Stored, given: Record<string, unknown>): Merged {
  const parsed = destinations[stored.type].patch.strict().safeParse(given);
  if (!parsed.success)
    throw lacking(parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message })));
  const merged = mergeByType(stored.type, stored, parsed.data);
  return merged ? checked(stored, merged) : mergePlain(stored, parsed.data);
}

/** Given fields replace stored ones. Fields that an authentication method does not use must be given as null. */
function mergePlain(stored: Stored, given: Record<string, unknown>): Merged {
  const { config: readable, secret: secretSchema } = destinations[stored.type];
  const whole = { ...stored.config, ...stored.openSecret(), ...given };
  const read = destinations[stored.type].full.safeParse(whole);
  if (!read.success) throw lacking(read.error.issues.map(({ path, message }) => ({ path: path.join("."), message })));
  const config = readable.parse(read.data) as ConnectionConfig;
  const kept: Record<string, unknown> = secretSchema.parse(stored.openSecret());
  const next: Record<string, unknown> = secretSchema.parse(read.data);
  const carried = Object.keys(next).filter((name) => next[name] !== null && given[name] === undefined);
  requireAgain(carried, stored, config);
  const secret = JSON.stringify(next) === JSON.stringify(kept) ? undefined : (next as ConnectionSecret);
  return { config, secret, moved: secret !== undefined || !sameConfig(config, stored.config) };
}

/** Throws if stored secrets would go to a different address. */
function requireAgain(secrets: readonly string[], stored: Pick<Stored, "type" | "config">, config: ConnectionConfig) {
  const before = secretGoesTo(stored);
  if (secrets.length === 0 || secretGoesTo({ type: stored.type, config }) === before) return;
  const message = `Enter it again: the stored one is only for ${before}.`;
  throw lacking(secrets.map((path) => ({ path, message })));
}

/** Checks the result of a type's own merge rules. */
function checked(
  stored: Stored,
  { problems, carried, ...merged }: MergedConfig<ConnectionConfig, ConnectionSecret>,
): Merged {
  if (problems.length > 0) throw lacking(problems);
  requireAgain(carried, stored, merged.config);
  return merged;
}

function lacking(problems: { path: string; message: string }[]): AppError {
  const details = problems.map(({ path, message }) => ({ path: path ? `config.${path}` : "config", message }));
  const text = details.map(({ path, message }) => `${path}: ${message}`).join(" ");
  return new AppError("invalid_request", text, 422, details);
}
