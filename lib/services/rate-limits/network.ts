import ipaddr from "ipaddr.js";

/** One customer usually gets a whole IPv6 network this large. */
const CUSTOMER_BITS = 64;

/** The unit of limits by address: an IPv4 address or a 64-bit IPv6 network. */
export function networkOf(ip: string | null): string {
  if (ip === null || !ipaddr.isValid(ip)) return "unknown";
  const address = ipaddr.process(ip);
  if (address.kind() === "ipv4") return address.toString();
  return ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/${CUSTOMER_BITS}`).toString();
}
