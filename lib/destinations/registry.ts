import { bigquery } from "./bigquery";
import type { DestinationType } from "./catalog";
import type { ConnectionConfig, ConnectionSecret } from "./connection";
import { postgres } from "./postgres";
import { s3 } from "./s3";
import type { Settings } from "./settings";
import { snowflake } from "./snowflake";
import type { Asked, Connected, DestinationKind, OpenDestination, RunTag, Verified } from "./types";

type AnyKind = DestinationKind<ConnectionConfig, ConnectionSecret, Settings>;

// Each kind is given what was saved under its own type.
const kinds = { s3, snowflake, bigquery, postgres } as unknown as Record<DestinationType, AnyKind>;

export interface ConnectionSettings extends Connected<ConnectionConfig, ConnectionSecret> {
  type: DestinationType;
}

/**
 * Tries every permission that exports through this connection need; `asked` are those exports. Never throws: what fails
 * is a failed step.
 */
export const verifyConnection = (
  { type, ...connection }: ConnectionSettings,
  asked: Asked<Settings>[],
): Promise<Verified> => kinds[type].verify(connection, asked);

/** Opens a connection for one run. */
export const openDestination = (
  { type, ...connection }: ConnectionSettings,
  settings: Settings,
  run: RunTag,
): OpenDestination => kinds[type].open(connection, settings, run);

/** Hosts that the settings name, as addresses to look at before anything is saved or connected to. */
export const addressesOf = (type: DestinationType, config: ConnectionConfig): { field: string; url: string }[] =>
  kinds[type].addresses(config);

/** What to paste so that Penstock may do what it needs and no more; null for a kind that has policies of its own. */
export const setupScript = (type: DestinationType, config: ConnectionConfig): string | null =>
  kinds[type].setupScript?.(config) ?? null;
