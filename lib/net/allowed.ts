import ip from "ipaddr.js";
import { type Address, parseAddress } from "./address";

/** One entry of ALLOWED_PRIVATE_HOSTS: a name or a range of addresses, with a port or for every port. */
export type AllowedHost = ({ name: string } | { range: [Address, number] }) & { port: number | null };

const PORT = /^(\[[^\]]*\]|[^:]*):(\d{1,5})$/;

/**
 * Reads `host`, `host:port`, `address`, `address:port`, `[v6]:port` and `range/bits`, separated by commas or spaces. Throws
 * an error that names the entry it can't read.
 */
export function parseAllowed(text: string): AllowedHost[] {
  return text
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .map(parseEntry);
}

function parseEntry(entry: string): AllowedHost {
  const [, host = entry, digits] = PORT.exec(entry) ?? [];
  const port = digits === undefined ? null : Number(digits);
  if (port === 0 || (port ?? 0) > 65_535) throw unreadable(entry);
  if (host.includes("/")) return { range: rangeOf(host, entry), port };
  const address = parseAddress(host);
  if (address) return { range: [address, address.toByteArray().length * 8], port };
  if (!/^[\w-]+(\.[\w-]+)*\.?$/.test(host)) throw unreadable(entry);
  return { name: plainName(host), port };
}

function rangeOf(text: string, entry: string): [Address, number] {
  if (!ip.isValidCIDR(text)) throw unreadable(entry);
  return ip.parseCIDR(text);
}

const unreadable = (entry: string) =>
  new Error(`has “${entry}”, which is neither a host, an address nor a range like 10.0.0.0/8, perhaps with a port`);

const plainName = (name: string) => name.toLowerCase().replace(/\.$/, "");

interface Target {
  name: string;
  port: number;
}

/** Whether a name may lead anywhere, private networks included. */
export const isNameAllowed = (allowed: AllowedHost[], { name, port }: Target): boolean =>
  allowed.some((it) => "name" in it && it.name === plainName(name) && (it.port ?? port) === port);

/** Whether an address may be connected to though it is not public. */
export const isAddressAllowed = (allowed: AllowedHost[], address: Address, port: number): boolean =>
  allowed.some((it) => "range" in it && (it.port ?? port) === port && within(address, it.range));

const within = (address: Address, [range, bits]: [Address, number]): boolean =>
  address.kind() === range.kind() && address.match(range, bits);
