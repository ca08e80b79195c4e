import ip from "ipaddr.js";

export type Address = ip.IPv4 | ip.IPv6;

/** The only IPv6 block allocated to the public; everything else is special or unused. */
const GLOBAL = ip.IPv6.parseCIDR("2000::/3");
/** How networks without IPv4 write IPv4 addresses; treated as the embedded address. */
const NAT64 = ip.IPv6.parseCIDR("64:ff9b::/96");

/** Parses an IP address in any notation that the system accepts; null for a name. */
export function parseAddress(text: string): Address | null {
  const bare = text.replace(/^\[(.*)\]$/, "$1").replace(/%.*$/, "");
  if (!ip.isValid(bare)) return null;
  return plain(ip.parse(bare));
}

/** Unwraps an IPv4 address embedded in an IPv6 one. */
function plain(address: Address): Address {
  if (address instanceof ip.IPv4) return address;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  return address.match(NAT64) ? new ip.IPv4(address.toByteArray().slice(12)) : address;
}

/** Whether an address is on the public internet: only plain unicast is. */
export const isPublic = (address: Address): boolean =>
  address.range() === "unicast" && (address instanceof ip.IPv4 || address.match(GLOBAL));
