import ip from "ipaddr.js";
import { type Address, parseAddress } from "./address";

/** What connects: connections of a type, or webhooks. */
export const PURPOSES = ["s3", "postgres", "snowflake", "bigquery", "webhook"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Who connects, and for what. */
export interface Connecting {
  purpose: Purpose;
  /** Omit to ignore entries for a single organization. */
  organizationId?: string | undefined;
}

type Host = { name: string } | { range: [Address, number] };

/** One entry of ALLOWED_PRIVATE_HOSTS: a name or address range, with one port or all ports. */
export type AllowedHost = Host & {
  port: number | null;
  /** Null for connections of every type but not webhooks. */
  purpose: Purpose | null;
  /** The only organization that it applies to; null for all. */
  organizationId: string | null;
};

const PORT = /^(\[[^\]]*\]|[^:]*):(\d{1,5})$/;

const PREFIX = /^([a-z0-9]+)(?:@([0-9a-f-]{36}))?=(.*)$/;

/**
 * Parses `host`, `host:port`, `address`, `address:port`, `[v6]:port`, and `range/bits` or `[v6/bits]:port`, separated by commas or spaces.
 * Each may follow a purpose like `s3=`, or a purpose and an organization's id like `s3@5b0f…=`. Throws an error that
 * names the invalid entry.
 */
export function parseAllowed(text: string): AllowedHost[] {
  return text
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .map(parseEntry);
}

function parseEntry(entry: string): AllowedHost {
  const [, purpose = null, organizationId = null, rest = entry] = PREFIX.exec(entry) ?? [];
  if (purpose !== null && !PURPOSES.includes(purpose as Purpose)) throw unreadable(entry);
  return { ...parseHost(rest, entry), purpose: purpose as Purpose | null, organizationId };
}

/** Whether an entry applies to this connection. Without a purpose, it covers connections of every type, as always. */
export const isFor = (allowed: AllowedHost, { purpose, organizationId }: Connecting): boolean =>
  (allowed.purpose === null ? purpose !== "webhook" : allowed.purpose === purpose) &&
  (allowed.organizationId === null || allowed.organizationId === organizationId);

function parseHost(text: string, entry: string): Host & { port: number | null } {
  const [, host = text, digits] = PORT.exec(text) ?? [];
  const port = digits === undefined ? null : Number(digits);
  if (port === 0 || (port ?? 0) > 65_535) throw unreadable(entry);
  if (host.includes("/")) return { range: rangeOf(host, entry), port };
  const address = parseAddress(host);
  if (address) return { range: [address, address.toByteArray().length * 8], port };
  if (!/^[\w-]+(\.[\w-]+)*\.?$/.test(host)) throw unreadable(entry);
  return { name: plainName(host), port };
}

function rangeOf(text: string, entry: string): [Address, number] {
  // A port's colon asks for brackets around a range of IPv6.
  const range = text.replace(/^\[(.*)\]$/, "$1");
  if (!ip.isValidCIDR(range)) throw unreadable(entry);
  return ip.parseCIDR(range);
}

const unreadable = (entry: string) =>
  new Error(
    `“${entry}” isn't a host, an address, or a range like 10.0.0.0/8, optionally with a port, and optionally after one of: ${PURPOSES.map((it) => `${it}=`).join(", ")}.`,
  );

const plainName = (name: string) => name.toLowerCase().replace(/\.$/, "");

interface Target {
  name: string;
  port: number;
}

/** Whether a name may lead anywhere, including private networks. */
export const isNameAllowed = (allowed: AllowedHost[], { name, port }: Target): boolean =>
  allowed.some((it) => "name" in it && it.name === plainName(name) && (it.port ?? port) === port);

/** Whether a non-public address is allowed. */
export const isAddressAllowed = (allowed: AllowedHost[], address: Address, port: number): boolean =>
  allowed.some((it) => "range" in it && (it.port ?? port) === port && within(address, it.range));

const within = (address: Address, [range, bits]: [Address, number]): boolean =>
  address.kind() === range.kind() && address.match(range, bits);
