import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";
import proxyAddr from "proxy-addr";

type Trust = (address: string, hop: number) => boolean;

/** Headers in which a proxy names its client; anyone can forge them. */
const TOLD_BY_PROXIES = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
];

/**
 * The peers to trust, from TRUSTED_PROXIES: addresses, ranges, or the names loopback, linklocal, and uniquelocal,
 * separated by commas. Trusts nobody if empty. Throws an error that names the variable.
 */
export function trustedProxies(list: string): Trust {
  const entries = list
    .split(",")
    .map((entry) => entry.trim().replace(/^\[(.*)\]$/, "$1"))
    .filter((entry) => entry !== "");
  if (entries.length === 0) return () => false;
  try {
    return proxyAddr.compile(entries);
  } catch (error) {
    const examples = "10.0.0.7, 10.0.0.0/8 or loopback";
    throw new Error(`TRUSTED_PROXIES: ${(error as Error).message}. Set it to addresses like ${examples}.`);
  }
}

/** A request's true address: the peer's, or the one that the trusted proxies in front report, nearest first. */
function clientAddress(request: IncomingMessage, trust: Trust): string {
  return canonical(proxyAddr(request, trust)) ?? canonical(request.socket.remoteAddress) ?? "unknown";
}

/** Removes untrusted headers: `x-forwarded-for` becomes the client's address, and nothing else. */
export function believeOnly(request: IncomingMessage, trust: Trust): void {
  const address = clientAddress(request, trust);
  for (const name of TOLD_BY_PROXIES) delete request.headers[name];
  request.headers["x-forwarded-for"] = address;
}

/** The canonical spelling of an address, with IPv4 unwrapped from IPv6; null if invalid. */
function canonical(address: string | undefined): string | null {
  // Some proxies add the client's port.
  const bare = address?.replace(/^\[([^\]]+)\](:\d+)?$/, "$1").replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1");
  return bare !== undefined && ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : null;
}
