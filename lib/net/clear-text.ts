import { getEnv } from "../env";
import { ExportError } from "../errors";
import { parseAddress } from "../ip/address";
import { isAddressAllowed, isNameAllowed, parseAllowed } from "../ip/allowed";

/** Where a password would go: the configured name and the address that it resolves to. */
interface Receiver {
  host: string;
  address: string;
  port: number;
}

/** Whether a password may be sent there unencrypted: on this machine, or if the operator listed the host. */
export function mayGoInClearText({ host, address, port }: Receiver): boolean {
  const parsed = parseAddress(address);
  if (parsed?.range() === "loopback") return true;
  const allowed = parseAllowed(getEnv().ALLOWED_CLEARTEXT_HOSTS);
  if (isNameAllowed(allowed, { name: host, port })) return true;
  return parsed !== null && isAddressAllowed(allowed, parsed, port);
}

/** The failure of a connection that would send its password unencrypted: final. */
export const clearTextRefused = (host: string) =>
  new ExportError({
    code: "clear_text_password",
    message: `The password was not sent: ${host} takes it without encryption.`,
    fix: "Use TLS, or have the operator list the host in ALLOWED_CLEARTEXT_HOSTS.",
    retryable: false,
  });
