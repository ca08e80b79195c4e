import { type DestinationType, destinations } from "@/lib/destinations/catalog";
import type { ConnectionConfig, ConnectionSecret } from "@/lib/destinations/connection";

/** A connection's settings as they came, parted into what may be read back and its secret. */
export function splitConfig(
  type: DestinationType,
  full: object,
): { config: ConnectionConfig; secret: ConnectionSecret } {
  const { config, secret } = destinations[type];
  return { config: config.parse(full) as ConnectionConfig, secret: secret.parse(full) as ConnectionSecret };
}
