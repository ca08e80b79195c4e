import ipaddr from "ipaddr.js";

/** An IPv6 network is given to one customer as a whole. */
const CUSTOMER_BITS = 64;

/** What counts as one address for limits: an IPv4 address, or an IPv6 network of 64 bits. */
export function networkOf(ip: string | null): string {
  if (ip === null || !ipaddr.isValid(ip)) return "unknown";
  const address = ipaddr.process(ip);
  if (address.kind() === "ipv4") return address.toString();
  return ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/${CUSTOMER_BITS}`).toString();
}
