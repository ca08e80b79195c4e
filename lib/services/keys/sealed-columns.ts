import type { Bound } from "@/lib/crypto/secrets";
import { channelAad } from "@/lib/services/alert-channels";
import { connectionAad } from "@/lib/services/connections";
import { mailAad } from "@/lib/services/mails";
import { saltAad } from "@/lib/services/projects";

export interface SealedColumn {
  table: string;
  column: string;
  /** Further columns of a row that its sealed value is bound to. */
  boundTo?: readonly string[];
  /** What binds a sealed value to a row, given its id and those columns. */
  aad: (row: SealedRow) => string | Bound;
}

export type SealedRow = { id: string } & Record<string, unknown>;

export const CONNECTION_SECRETS: SealedColumn = {
  table: "connections",
  column: "secrets",
  boundTo: ["type", "config"],
  aad: (row) => connectionAad(row as Parameters<typeof connectionAad>[0]),
};

/** Every column that holds what a key of ENCRYPTION_KEYS has sealed; an empty text there is no secret. */
export const SEALED_COLUMNS: SealedColumn[] = [
  CONNECTION_SECRETS,
  { table: "alert_channels", column: "secrets", aad: ({ id }) => channelAad(id) },
  { table: "mails", column: "body", aad: ({ id }) => mailAad(id) },
  { table: "projects", column: "hash_salt", aad: ({ id }) => saltAad(id) },
];
