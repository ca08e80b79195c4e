import { openSecret, sealSecret } from "@/lib/crypto/secrets";
import { type DestinationType, destinations } from "@/lib/destinations/catalog";
import type { ConnectionSecret } from "@/lib/destinations/connection";
import { conflict } from "@/lib/errors";
import type { ConnectionConfig } from "@/lib/schemas/connection";

interface Stored {
  id: string;
  type: DestinationType;
  secrets: string;
  config: ConnectionConfig;
}

/** What binds a connection's sealed secret to its row: an envelope copied into another connection does not open. */
export const connectionAad = (connectionId: string) => `connections:${connectionId}`;

/** Seals a connection's secret for the database. A way of authentication without a secret has nothing to seal. */
export const sealConnectionSecret = (connectionId: string, secret: ConnectionSecret) =>
  Object.values(secret).every((value) => value === null) ? "" : sealSecret(secret, connectionAad(connectionId));

/** Storage that is let in by a role or a bucket's policy has no secret of its own. */
const needsNone = ({ config }: Stored) => "auth" in config && (config.auth === "role" || config.auth === "policy");

/** Opens a connection's secret. Throws a 409 that asks for it anew when the key that sealed it is gone. */
export function openConnectionSecret(row: Stored): ConnectionSecret {
  if (row.secrets === "" && needsNone(row)) return { secretAccessKey: null };
  try {
    const opened = openSecret<object>(row.secrets, connectionAad(row.id));
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
