import ip from "ipaddr.js";

export type Address = ip.IPv4 | ip.IPv6;

/** The one block of IPv6 that is given out to the public; what lies outside is special, or not in use. */
const GLOBAL = ip.IPv6.parseCIDR("2000::/3");
/** How networks without IPv4 write addresses of the IPv4 internet; such an address is as good as the one within. */
const NAT64 = ip.IPv6.parseCIDR("64:ff9b::/96");

/** An IP address in any way of writing that the system itself would take; null for what is a name. */
export function parseAddress(text: string): Address | null {
  const bare = text.replace(/^\[(.*)\]$/, "$1").replace(/%.*$/, "");
  if (!ip.isValid(bare)) return null;
  return plain(ip.parse(bare));
}

/** An address that carries an IPv4 address within, as that one. */
function plain(address: Address): Address {
  if (address instanceof ip.IPv4) return address;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  return address.match(NAT64) ? new ip.IPv4(address.toByteArray().slice(12)) : address;
}

/** Whether an address lies on the public internet: nothing but plain unicast does. */
export const isPublic = (address: Address): boolean =>
  address.range() === "unicast" && (address instanceof ip.IPv4 || address.match(GLOBAL));
