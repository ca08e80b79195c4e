import type { Bound } from "@/lib/crypto/secrets";
import { channelAad } from "@/lib/services/alert-channels";
import { connectionAad } from "@/lib/services/connections";
import { mailAad } from "@/lib/services/mails";
import { saltAad } from "@/lib/services/projects";
import { signingKeyAad } from "@/lib/services/signing";

export interface SealedColumn {
  table: string;
  column: string;
  /** Other columns that the sealed value is bound to. */
  boundTo?: readonly string[];
  /** Binds a sealed value to its row, given the id and those columns. */
  aad: (row: SealedRow) => string | Bound;
}

export type SealedRow = { id: string } & Record<string, unknown>;

export const CONNECTION_SECRETS: SealedColumn = {
  table: "connections",
  column: "secrets",
  boundTo: ["type", "config"],
  aad: (row) => connectionAad(row as Parameters<typeof connectionAad>[0]),
};

/** Every column sealed with a key of ENCRYPTION_KEYS. An empty string means no secret. */
export const SEALED_COLUMNS: SealedColumn[] = [
  CONNECTION_SECRETS,
  { table: "alert_channels", column: "secrets", aad: ({ id }) => channelAad(id) },
  { table: "mails", column: "body", aad: ({ id }) => mailAad(id) },
  { table: "signing_keys", column: "secret", aad: ({ id }) => signingKeyAad(id) },
  { table: "projects", column: "hash_salt", aad: ({ id }) => saltAad(id) },
];
