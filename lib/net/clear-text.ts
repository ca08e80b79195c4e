import { getEnv } from "../env";
import { ExportError } from "../errors";
import { parseAddress } from "../ip/address";
import { isAddressAllowed, isNameAllowed, parseAllowed } from "../ip/allowed";

/** Where a password would go: the name that was set, and the address that it leads to. */
interface Receiver {
  host: string;
  address: string;
  port: number;
}

/** Whether a password may be sent there without encryption: on this machine, or where the operator has named the host. */
export function mayGoInClearText({ host, address, port }: Receiver): boolean {
  const parsed = parseAddress(address);
  if (parsed?.range() === "loopback") return true;
  const allowed = parseAllowed(getEnv().ALLOWED_CLEARTEXT_HOSTS);
  if (isNameAllowed(allowed, { name: host, port })) return true;
  return parsed !== null && isAddressAllowed(allowed, parsed, port);
}

/** What a connection fails with that would send its password unencrypted: final. */
export const clearTextRefused = (host: string) =>
  new ExportError({
    code: "clear_text_password",
    message: `The password was not sent: ${host} takes it without encryption.`,
    fix: "Use TLS, or have the operator list the host in ALLOWED_CLEARTEXT_HOSTS.",
    retryable: false,
  });
