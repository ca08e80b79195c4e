import { type Bound, openSecret, sealSecret } from "@/lib/crypto/secrets";
import { type DestinationType, destinations } from "@/lib/destinations/catalog";
import { type ConnectionConfig, type ConnectionSecret, noSecretOf, secretGoesTo } from "@/lib/destinations/connection";
import { conflict } from "@/lib/errors";

interface Stored {
  id: string;
  type: DestinationType;
  secrets: string;
  config: ConnectionConfig;
}

/**
 * Binds a connection's sealed secret to its row and to where it is sent. An envelope opens neither in another
 * connection nor after its own address changes.
 */
export const connectionAad = ({ id, type, config }: Omit<Stored, "secrets">): Bound => ({
  v1: `connections:${id}`,
  v2: `connections:${id} ${secretGoesTo({ type, config })}`,
});

/** Seals a connection's secret for the database. Returns "" for an authentication method without a secret. */
export const sealConnectionSecret = (row: Omit<Stored, "secrets">, secret: ConnectionSecret) =>
  Object.values(secret).every((value) => value === null) ? "" : sealSecret(secret, connectionAad(row));

/** Opens a connection's secret. Throws a 409 that asks to enter it again if its key is gone. */
export function openConnectionSecret(row: Stored): ConnectionSecret {
  const none = row.secrets === "" && noSecretOf(row);
  if (none) return none;
  try {
    const opened = openSecret<object>(row.secrets, connectionAad(row));
    return destinations[row.type].secret.parse(opened) as ConnectionSecret;
  } catch {
    throw conflict(
      "secret_unreadable",
      "The stored secret can't be decrypted with this server's ENCRYPTION_KEYS. Enter the secret again, or restore the old key.",
    );
  }
}

/** Whether both hold the same secret, under whichever key: a key rotation is not a change. */
export function sameSecret(one: Stored, other: Stored): boolean {
  if (one.secrets === other.secrets) return true;
  return JSON.stringify(openConnectionSecret(one)) === JSON.stringify(openConnectionSecret(other));
}
