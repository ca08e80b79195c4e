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
 * What a connection's sealed secret is bound to: its row, and where the secret is sent. An envelope opens neither in another connection nor
 * once its own leads elsewhere.
 */
export const connectionAad = ({ id, type, config }: Omit<Stored, "secrets">): Bound => ({
  v1: `connections:${id}`,
  v2: `connections:${id} ${secretGoesTo({ type, config })}`,
});

/** Seals a connection's secret for the database. A way of authentication without a secret has nothing to seal. */
export const sealConnectionSecret = (row: Omit<Stored, "secrets">, secret: ConnectionSecret) =>
  Object.values(secret).every((value) => value === null) ? "" : sealSecret(secret, connectionAad(row));

/** Opens a connection's secret. Throws a 409 that asks for it anew when the key that sealed it is gone. */
export function openConnectionSecret(row: Stored): ConnectionSecret {
  const none = row.secrets === "" && noSecretOf(row);
  if (none) return none;
  try {
    const opened = openSecret<object>(row.secrets, connectionAad(row));
    return destinations[row.type].secret.parse(opened) as ConnectionSecret;
  } catch {
    throw conflict(
      "secret_unreadable",
      "The stored secret can't be opened with this server's ENCRYPTION_KEYS: enter the secret again, or bring the old key back.",
    );
  }
}

/** Whether both hold the same secret, whichever key each is sealed under: a rotation changes nothing for anybody. */
export function sameSecret(one: Stored, other: Stored): boolean {
  if (one.secrets === other.secrets) return true;
  return JSON.stringify(openConnectionSecret(one)) === JSON.stringify(openConnectionSecret(other));
}
