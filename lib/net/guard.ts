import { promises as dns, type LookupAddress } from "node:dns";
import { isIP } from "node:net";
import { getEnv } from "../env";
import { ExportError } from "../errors";
import { type Address, isPublic, parseAddress } from "../ip/address";
import { type AllowedHost, type Connecting, isAddressAllowed, isFor, isNameAllowed, parseAllowed } from "../ip/allowed";
import { isOwn, type OwnPart, ownParts } from "./own-parts";

export interface Guarding extends Connecting {
  /** How names are resolved; by the system unless a test replaces it. */
  resolve?: (name: string) => Promise<LookupAddress[]>;
  /** Exceptions; ALLOWED_PRIVATE_HOSTS unless a test replaces them. */
  allowed?: AllowedHost[];
  /** Penstock's own parts; from the environment unless a test replaces them. */
  own?: readonly OwnPart[];
}

export interface Guard {
  resolve: (name: string) => Promise<LookupAddress[]>;
  /** The exceptions that apply here. */
  allowed: AllowedHost[];
  own: readonly OwnPart[];
}

/** The guard as this installation is configured. */
export const guardOf = ({ resolve, allowed, own, ...who }: Guarding): Guard => ({
  resolve: resolve ?? ((name) => dns.lookup(name, { all: true })),
  allowed: (allowed ?? parseAllowed(getEnv().ALLOWED_PRIVATE_HOSTS)).filter((it) => isFor(it, who)),
  own: own ?? ownParts(),
});

/**
 * Why Penstock must not connect to one of these addresses; null if it may connect to all of them. Never says what a
 * name resolves to, which would show users the operator's network.
 */
export function refusal({ allowed, own }: Guard, name: string, port: number, addresses: string[]): string | null {
  const parsed = addresses.map(parseAddress);
  // Penstock's own parts need an entry with a purpose: a range that happens to include them does not count.
  const isPart = isOwn(own, { name, port, addresses: parsed });
  const counting = isPart ? allowed.filter(({ purpose }) => purpose !== null) : allowed;
  if (isNameAllowed(counting, { name, port })) return null;
  const mayBe = (address: Address | null) =>
    address !== null && ((!isPart && isPublic(address)) || isAddressAllowed(counting, address, port));
  // An unresolvable name is checked again before anything is sent, unless it is a part's.
  if (parsed.every(mayBe) && !(isPart && parsed.length === 0)) return null;
  return `${name} isn't a public address, and this installation doesn't allow it.`;
}

/** The failure of a connection to a refused address: final, for the operator to fix. */
export const addressRefused = (message: string) =>
  new ExportError({
    code: "address_refused",
    message,
    fix: "Use a public address, or ask your Penstock operator to add the host to ALLOWED_PRIVATE_HOSTS.",
    retryable: false,
  });

/**
 * Why an address that a user set is refused, as a sentence; null if it is fine or its name can't be resolved now. The
 * name may resolve elsewhere later, so connect only through `guardedAgents`.
 */
export async function checkAddress(url: string, guarding: Guarding): Promise<string | null> {
  const guard = guardOf(guarding);
  const { hostname, port, protocol } = new URL(url);
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const found = isIP(host) ? [host] : await addressesOf(guard, host).catch(() => []);
  return refusal(guard, host, Number(port || (protocol === "https:" ? 443 : 80)), found);
}

const addressesOf = async ({ resolve }: Guard, name: string) => (await resolve(name)).map(({ address }) => address);
