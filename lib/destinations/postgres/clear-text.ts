import type { EventEmitter } from "node:events";
import type { Duplex } from "node:stream";
import type { Client } from "pg";
import { clearTextRefused } from "../../net/clear-text";

/**
 * Has a client that is connecting end the connection where the server asks for the password in clear text. Hashed ways (SCRAM, MD5) go on.
 * The driver has no setting for it: its own listener, which would answer, goes.
 */
export function refuseClearText(client: Client, host: string): void {
  const { connection } = client as unknown as { connection: EventEmitter & { stream: Duplex } };
  connection.removeAllListeners("authenticationCleartextPassword");
  connection.once("authenticationCleartextPassword", () => connection.stream.destroy(clearTextRefused(host)));
}
