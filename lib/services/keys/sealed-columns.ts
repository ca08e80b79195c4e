import { channelAad } from "@/lib/services/alert-channels/secrets";
import { connectionAad } from "@/lib/services/connections/secrets";
import { mailAad } from "@/lib/services/mails/queue";
import { saltAad } from "@/lib/services/projects/salt";

export interface SealedColumn {
  table: string;
  column: string;
  /** What binds a sealed value to the row with this id. */
  aad: (id: string) => string;
}

/** Every column that holds what a key of ENCRYPTION_KEYS has sealed; an empty text there is no secret. */
export const SEALED_COLUMNS: SealedColumn[] = [
  { table: "connections", column: "secrets", aad: connectionAad },
  { table: "alert_channels", column: "secrets", aad: channelAad },
  { table: "mails", column: "body", aad: mailAad },
  { table: "projects", column: "hash_salt", aad: saltAad },
];
