import { type DestinationType, destinations } from "@/lib/destinations/catalog";
import type { ConfigOf, SecretOf } from "@/lib/destinations/connection";

/** Splits given settings into readable configuration and secret. */
export function splitConfig<T extends DestinationType>(
  type: T,
  full: object,
): { config: ConfigOf<T>; secret: SecretOf<T> } {
  const { config, secret } = destinations[type];
  return { config: config.parse(full) as ConfigOf<T>, secret: secret.parse(full) as SecretOf<T> };
}
