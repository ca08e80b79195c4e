import { bigquery } from "./bigquery";
import type { DestinationType } from "./catalog";
import type { ConfigOf, SecretOf, SettingsOf } from "./connection";
import type { MarkerStore } from "./files/marker";
import { postgres } from "./postgres";
import { s3 } from "./s3";
import { snowflake } from "./snowflake";
import type { Asked, Connected, DestinationKind, MergedConfig, OpenDestination, RunTag, Verified } from "./types";

/** Each destination by its type, so that TypeScript sees what it takes as that of the same type. */
const kinds: { [T in DestinationType]: DestinationKind<ConfigOf<T>, SecretOf<T>, SettingsOf<T>> } = {
  s3,
  snowflake,
  bigquery,
  postgres,
};

export interface ConnectionSettings<T extends DestinationType = DestinationType>
  extends Connected<ConfigOf<T>, SecretOf<T>> {
  type: T;
}

/**
 * Tries every permission that exports through this connection need; `asked` are those exports. Never throws: what fails
 * is a failed step.
 */
export const verifyConnection = <T extends DestinationType>(
  { type, ...connection }: ConnectionSettings<T>,
  asked: Asked<SettingsOf<T>>[],
): Promise<Verified> => kinds[type].verify(connection, asked);

/** Opens a connection for one run. */
export const openDestination = <T extends DestinationType>(
  { type, ...connection }: ConnectionSettings<T>,
  settings: SettingsOf<T>,
  run: RunTag,
): OpenDestination => kinds[type].open(connection, settings, run);

/** Opens the bucket of a connection for the marks of claims; null if there is no bucket to claim. */
export const openMarkers = <T extends DestinationType>(
  { type, ...connection }: ConnectionSettings<T>,
  settings: SettingsOf<T> | null,
): MarkerStore | null => kinds[type].markers?.(connection, settings) ?? null;

/** Hosts that the settings name, as addresses to look at before anything is saved or connected to. */
export const addressesOf = <T extends DestinationType>(
  type: T,
  config: ConfigOf<T>,
): { field: string; url: string }[] => kinds[type].addresses(config);

/** What this installation lacks for the settings, by the field that asks for it; null if it lacks nothing. */
export const lackOf = <T extends DestinationType>(
  type: T,
  config: ConfigOf<T>,
): { field: string; message: string } | null => kinds[type].lacks?.(config) ?? null;

/** What to paste so that Penstock may do what it needs and no more; null for a type that has policies of its own. */
export const setupScript = <T extends DestinationType>(type: T, config: ConfigOf<T>): string | null =>
  kinds[type].setupScript?.(config) ?? null;

/** A connection's settings with what was given, by rules of its own type; null for a type that has none. */
export const mergeByType = <T extends DestinationType>(
  type: T,
  stored: { config: ConfigOf<T>; hasSecret: boolean },
  given: Partial<ConfigOf<T> & SecretOf<T>>,
): MergedConfig<ConfigOf<T>, SecretOf<T>> | null => kinds[type].merge?.(stored, given) ?? null;
