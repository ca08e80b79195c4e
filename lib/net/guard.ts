import { promises as dns, type LookupAddress } from "node:dns";
import { isIP } from "node:net";
import { getEnv } from "../env";
import { ExportError } from "../errors";
import { isPublic, parseAddress } from "./address";
import { type AllowedHost, isAddressAllowed, isNameAllowed, parseAllowed } from "./allowed";

export interface Guarding {
  /** How names are resolved; the system's way unless a test gives another. */
  resolve?: (name: string) => Promise<LookupAddress[]>;
  /** Exceptions; ALLOWED_PRIVATE_HOSTS unless a test gives others. */
  allowed?: AllowedHost[];
}

export interface Guard {
  resolve: (name: string) => Promise<LookupAddress[]>;
  allowed: AllowedHost[];
}

/** The guard, as this installation is set up. */
export const guardOf = ({ resolve, allowed }: Guarding): Guard => ({
  resolve: resolve ?? ((name) => dns.lookup(name, { all: true })),
  allowed: allowed ?? parseAllowed(getEnv().ALLOWED_PRIVATE_HOSTS),
});

/** Why Penstock must not connect to one of these addresses; null when it may connect to all of them. */
export function refusal({ allowed }: Guard, name: string, port: number, addresses: string[]): string | null {
  if (isNameAllowed(allowed, { name, port })) return null;
  const bad = addresses.find((text) => {
    const address = parseAddress(text);
    return !address || !(isPublic(address) || isAddressAllowed(allowed, address, port));
  });
  if (bad === undefined) return null;
  const how = bad === name ? `${name} is` : `${name} leads to ${bad},`;
  return `${how} not a public address, and this installation does not allow it.`;
}

/** What a connection that was not made for its address fails with: final, and the operator's to mend. */
export const addressRefused = (message: string) =>
  new ExportError({
    code: "address_refused",
    message,
    fix: "Use a public address, or ask whoever runs Penstock to list the host in ALLOWED_PRIVATE_HOSTS.",
    retryable: false,
  });

/**
 * Why an address that a user set is refused, in a sentence; null if it is fine, or if its name can't be resolved now. It may
 * lead elsewhere later: whatever connects must do so through `guardedAgents`.
 */
export async function checkAddress(url: string, guarding: Guarding = {}): Promise<string | null> {
  const guard = guardOf(guarding);
  const { hostname, port, protocol } = new URL(url);
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const found = isIP(host) ? [host] : await addressesOf(guard, host).catch(() => []);
  return refusal(guard, host, Number(port || (protocol === "https:" ? 443 : 80)), found);
}

const addressesOf = async ({ resolve }: Guard, name: string) => (await resolve(name)).map(({ address }) => address);
