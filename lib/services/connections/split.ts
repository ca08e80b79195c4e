import { type DestinationType, destinations } from "@/lib/destinations/catalog";
import type { ConfigOf, SecretOf } from "@/lib/destinations/connection";

/** A connection's settings as they came, parted into what may be read back and its secret. */
export function splitConfig<T extends DestinationType>(
  type: T,
  full: object,
): { config: ConfigOf<T>; secret: SecretOf<T> } {
  const { config, secret } = destinations[type];
  return { config: config.parse(full) as ConfigOf<T>, secret: secret.parse(full) as SecretOf<T> };
}
