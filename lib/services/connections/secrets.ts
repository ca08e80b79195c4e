import { openSecret, sealSecret } from "@/lib/crypto/secrets";
import { conflict } from "@/lib/errors";
import type { S3Config, S3Secret } from "@/lib/schemas/connection";

interface Stored {
  id: string;
  secrets: string;
  config: Pick<S3Config, "auth">;
}

/** What binds a connection's sealed secret to its row: an envelope copied into another connection does not open. */
export const connectionAad = (connectionId: string) => `connections:${connectionId}`;

/** Seals a connection's secret for the database. A way of authentication without a secret has nothing to seal. */
export const sealConnectionSecret = (connectionId: string, secret: S3Secret) =>
  secret.secretAccessKey === null ? "" : sealSecret(secret, connectionAad(connectionId));

/** Opens a connection's secret. Throws a 409 that asks for it anew when the key that sealed it is gone. */
export function openConnectionSecret(row: Stored): S3Secret {
  if (row.secrets === "" && row.config.auth !== "keys") return { secretAccessKey: null };
  try {
    return openSecret<S3Secret>(row.secrets, connectionAad(row.id));
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
  return openConnectionSecret(one).secretAccessKey === openConnectionSecret(other).secretAccessKey;
}
