import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";
import proxyAddr from "proxy-addr";

type Trust = (address: string, hop: number) => boolean;

/** Headers by which a proxy tells whom it speaks for; anybody can write them. */
const TOLD_BY_PROXIES = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
];

/**
 * Which peers are believed, from TRUSTED_PROXIES: addresses, ranges, or the names loopback, linklocal and uniquelocal,
 * separated by commas. Nobody is where it is empty. Throws an error that names the variable.
 */
export function trustedProxies(list: string): Trust {
  const entries = list
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  if (entries.length === 0) return () => false;
  try {
    return proxyAddr.compile(entries);
  } catch (error) {
    const examples = "10.0.0.7, 10.0.0.0/8 or loopback";
    throw new Error(`TRUSTED_PROXIES: ${(error as Error).message}. Set it to addresses like ${examples}.`);
  }
}

/** The address that a request really comes from: the peer's, or what the trusted proxies in front say, nearest first. */
function clientAddress(request: IncomingMessage, trust: Trust): string {
  return canonical(proxyAddr(request, trust)) ?? canonical(request.socket.remoteAddress) ?? "unknown";
}

/** Leaves in a request's headers only what may be believed: `x-forwarded-for` is the client's address, and nothing else. */
export function believeOnly(request: IncomingMessage, trust: Trust): void {
  const address = clientAddress(request, trust);
  for (const name of TOLD_BY_PROXIES) delete request.headers[name];
  request.headers["x-forwarded-for"] = address;
}

/** An address in its one spelling, an IPv4 one inside IPv6 as itself; null for what is none. */
function canonical(address: string | undefined): string | null {
  // Some proxies add the client's port.
  const bare = address?.replace(/^\[([^\]]+)\](:\d+)?$/, "$1").replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1");
  return bare !== undefined && ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : null;
}
