import { promises as dns, type LookupAddress } from "node:dns";
import { isIP } from "node:net";
import { getEnv } from "../env";
import { ExportError } from "../errors";
import { type Address, isPublic, parseAddress } from "../ip/address";
import { type AllowedHost, type Connecting, isAddressAllowed, isFor, isNameAllowed, parseAllowed } from "../ip/allowed";
import { isOwn, type OwnPart, ownParts } from "./own-parts";

export interface Guarding extends Connecting {
  /** How names are resolved; the system's way unless a test gives another. */
  resolve?: (name: string) => Promise<LookupAddress[]>;
  /** Exceptions; ALLOWED_PRIVATE_HOSTS unless a test gives others. */
  allowed?: AllowedHost[];
  /** Penstock's own parts; those of the environment unless a test gives others. */
  own?: readonly OwnPart[];
}

export interface Guard {
  resolve: (name: string) => Promise<LookupAddress[]>;
  /** The exceptions that count here. */
  allowed: AllowedHost[];
  own: readonly OwnPart[];
}

/** The guard, as this installation is set up. */
export const guardOf = ({ resolve, allowed, own, ...who }: Guarding): Guard => ({
  resolve: resolve ?? ((name) => dns.lookup(name, { all: true })),
  allowed: (allowed ?? parseAllowed(getEnv().ALLOWED_PRIVATE_HOSTS)).filter((it) => isFor(it, who)),
  own: own ?? ownParts(),
});

/**
 * Why Penstock must not connect to one of these addresses; null when it may connect to all of them. What a name leads to is not said: it
 * would show those who may set an address what the operator's network looks like.
 */
export function refusal({ allowed, own }: Guard, name: string, port: number, addresses: string[]): string | null {
  const parsed = addresses.map(parseAddress);
  // Penstock's own parts need an entry that is meant for them: a range that they happen to lie in is none.
  const isPart = isOwn(own, { name, port, addresses: parsed });
  const counting = isPart ? allowed.filter(({ purpose }) => purpose !== null) : allowed;
  if (isNameAllowed(counting, { name, port })) return null;
  const mayBe = (address: Address | null) =>
    address !== null && ((!isPart && isPublic(address)) || isAddressAllowed(counting, address, port));
  // A name that can't be resolved now is looked at again before anything is sent, unless it is a part's.
  if (parsed.every(mayBe) && !(isPart && parsed.length === 0)) return null;
  return `${name} is not a public address, and this installation does not allow it.`;
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
export async function checkAddress(url: string, guarding: Guarding): Promise<string | null> {
  const guard = guardOf(guarding);
  const { hostname, port, protocol } = new URL(url);
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const found = isIP(host) ? [host] : await addressesOf(guard, host).catch(() => []);
  return refusal(guard, host, Number(port || (protocol === "https:" ? 443 : 80)), found);
}

const addressesOf = async ({ resolve }: Guard, name: string) => (await resolve(name)).map(({ address }) => address);
