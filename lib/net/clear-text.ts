import { getEnv } from "../env";
import { ExportError } from "../errors";
import { parseAddress } from "../ip/address";
import { isAddressAllowed, isNameAllowed, parseAllowed } from "../ip/allowed";

/** What a server could be sent unencrypted, as users call it. */
type ClearSecret = "password" | "access token";

/** Where a secret would go: the configured name and the address that it resolves to. */
interface Receiver {
  host: string;
  address: string;
  port: number;
}

/** Whether a secret may be sent there unencrypted: on this machine, or if the operator listed the host. */
export function mayGoInClearText({ host, address, port }: Receiver): boolean {
  const parsed = parseAddress(address);
  if (parsed?.range() === "loopback") return true;
  const allowed = parseAllowed(getEnv().ALLOWED_CLEARTEXT_HOSTS);
  if (isNameAllowed(allowed, { name: host, port })) return true;
  return parsed !== null && isAddressAllowed(allowed, parsed, port);
}

/** The failure of a connection that would send its secret unencrypted: final. */
export const clearTextRefused = (host: string, secret: ClearSecret) =>
  new ExportError({
    code: "clear_text_password",
    message: `The ${secret} wasn't sent, because the connection to ${host} isn't encrypted.`,
    fix: "Use TLS, or ask your Penstock operator to add the host to ALLOWED_CLEARTEXT_HOSTS.",
    retryable: false,
  });
