import type { Cost } from "../fields/cost";
import { bigquery } from "./bigquery";
import type { DestinationType } from "./catalog";
import type { ConfigOf, SecretOf, SettingsOf } from "./connection";
import type { MarkerStore } from "./files/marker";
import { postgres } from "./postgres";
import { s3 } from "./s3";
import { snowflake } from "./snowflake";
import type {
  Asked,
  Connected,
  DestinationKind,
  Expected,
  MergedConfig,
  OpenDestination,
  RunTag,
  Verified,
} from "./types";

/** Each destination by its type, so that TypeScript pairs it with values of the same type. */
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
 * Tries every permission that exports through this connection need; `asked` lists those exports. Never throws: a
 * failure is a failed step.
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

/** Opens a connection's bucket for claim markers; null if there is no bucket to claim. */
export const openMarkers = <T extends DestinationType>(
  { type, ...connection }: ConnectionSettings<T>,
  settings: SettingsOf<T> | null,
): MarkerStore | null => kinds[type].markers?.(connection, settings) ?? null;

/** Hosts in the settings, as addresses to check before anything is saved or connected to. */
export const addressesOf = <T extends DestinationType>(
  type: T,
  config: ConfigOf<T>,
): { field: string; url: string }[] => kinds[type].addresses(config);

/** What this installation lacks for the settings, by the field that needs it; null if nothing. */
export const lackOf = <T extends DestinationType>(
  type: T,
  config: ConfigOf<T>,
): { field: string; message: string } | null => kinds[type].lacks?.(config) ?? null;

/** The script that grants Penstock what it needs and no more; null for a type with its own policies. */
export const setupScript = <T extends DestinationType>(type: T, config: ConfigOf<T>): string | null =>
  kinds[type].setupScript?.(config) ?? null;

/** What a warehouse is expected to bill for what an export's runs read; null for a type that bills otherwise. */
export const expectedCost = async <T extends DestinationType>(
  { type, ...connection }: ConnectionSettings<T>,
  asked: Asked<SettingsOf<T>>,
  expected: Expected,
  signal: AbortSignal,
): Promise<Cost | null> => (await kinds[type].cost?.(connection, asked, expected, signal)) ?? null;

/** A connection's settings with the given changes, by its type's own rules; null for a type without any. */
export const mergeByType = <T extends DestinationType>(
  type: T,
  stored: { config: ConfigOf<T>; hasSecret: boolean },
  given: Partial<ConfigOf<T> & SecretOf<T>>,
): MergedConfig<ConfigOf<T>, SecretOf<T>> | null => kinds[type].merge?.(stored, given) ?? null;
