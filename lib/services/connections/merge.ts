import { type DestinationType, destinations } from "@/lib/destinations/catalog";
import { type ConnectionConfig, type ConnectionSecret, secretGoesTo } from "@/lib/destinations/connection";
import { mergeByType } from "@/lib/destinations/registry";
import { sameConfig } from "@/lib/destinations/same-config";
import type { MergedConfig } from "@/lib/destinations/types";
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
  const merged = mergeByType(stored.type, stored, parsed.data);
  return merged ? checked(stored, merged) : mergePlain(stored, parsed.data);
}

/** Every field that is given replaces the stored one; what a way to sign in has no use for must be given as null. */
function mergePlain(stored: Stored, given: Record<string, unknown>): Merged {
  const { config: readable, secret: secretSchema } = destinations[stored.type];
  const whole = { ...stored.config, ...stored.openSecret(), ...given };
  const read = destinations[stored.type].full.safeParse(whole, { error: issueMessage });
  if (!read.success) throw lacking(read.error.issues.map(({ path, message }) => ({ path: path.join("."), message })));
  const config = readable.parse(read.data) as ConnectionConfig;
  const kept: Record<string, unknown> = secretSchema.parse(stored.openSecret());
  const next: Record<string, unknown> = secretSchema.parse(read.data);
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

/** What the rules of the connection's own type make of it. */
function checked(
  stored: Stored,
  { problems, carried, ...merged }: MergedConfig<ConnectionConfig, ConnectionSecret>,
): Merged {
  if (problems.length > 0) throw lacking(problems);
  requireAgain(carried, stored, merged.config);
  return merged;
}

function lacking(problems: { path: string; message: string }[]): AppError {
  const details = problems.map(({ path, message }) => ({ path: `config.${path}`, message }));
  const text = details.map(({ path, message }) => `${path} ${message}`).join("; ");
  return new AppError("invalid_request", `${text}.`, 422, details);
}
