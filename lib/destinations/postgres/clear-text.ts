import type { EventEmitter } from "node:events";
import type { Duplex } from "node:stream";
import type { Client } from "pg";
import { clearTextRefused } from "../../net/clear-text";

/**
 * Makes a connecting client hang up if the server asks for the password in clear text. Hashed methods (SCRAM, MD5)
 * still work. The driver has no setting for this: its own listener, which would answer, is removed.
 */
export function refuseClearText(client: Client, host: string): void {
  const { connection } = client as unknown as { connection: EventEmitter & { stream: Duplex } };
  connection.removeAllListeners("authenticationCleartextPassword");
  connection.once("authenticationCleartextPassword", () =>
    connection.stream.destroy(clearTextRefused(host, "password")),
  );
}
