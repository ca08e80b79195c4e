import { getEnv } from "../env";
import { type Address, parseAddress } from "../ip/address";

/** Where one of Penstock's own parts listens. */
export interface OwnPart {
  name: string;
  port: number;
}

const DEFAULT_PORTS: Record<string, number> = { "postgres:": 5432, "postgresql:": 5432, "http:": 8123, "https:": 8443 };

function partAt(address: string): OwnPart[] {
  if (!URL.canParse(address)) return [];
  const { hostname, port, protocol } = new URL(address);
  return [
    { name: hostname.replace(/^\[(.*)\]$/, "$1").toLowerCase(), port: Number(port || (DEFAULT_PORTS[protocol] ?? 0)) },
  ];
}

/** Penstock's own database, source, and Temporal, from the environment. */
export function ownParts(): OwnPart[] {
  const { DATABASE_URL, DATABASE_MIGRATION_URL = "", CLICKHOUSE_URL, TEMPORAL_ADDRESS } = getEnv();
  return [DATABASE_URL, DATABASE_MIGRATION_URL, CLICKHOUSE_URL, `tcp://${TEMPORAL_ADDRESS}`].flatMap(partAt);
}

const isLoopback = (address: Address | null) => address?.range() === "loopback";

/**
 * Whether a name, or one of its addresses, belongs to Penstock's own parts. A part configured by name matches that name
 * and, on this machine, any loopback address.
 */
export function isOwn(
  parts: readonly OwnPart[],
  target: { name: string; port: number; addresses: readonly (Address | null)[] },
): boolean {
  return parts.some((part) => {
    if (part.port !== target.port) return false;
    if (part.name === target.name.toLowerCase()) return true;
    const own = parseAddress(part.name === "localhost" ? "127.0.0.1" : part.name);
    if (own === null) return false;
    return target.addresses.some((it) => it?.toString() === own.toString() || (isLoopback(it) && isLoopback(own)));
  });
}
