import { getEnv } from "@/lib/env";
import { tlsFault } from "@/lib/temporal/tls-fault";

/** How long an outcome counts, in ms: health is public, and must not make Temporal's server busy. */
const FRESH_MS = 30_000;

let last: { at: number; fault: Promise<string | null> } | undefined;

/** What certificates keep Temporal from being reached, as it was at most half a minute ago; null if none do. */
export function temporalTlsFault(): Promise<string | null> {
  if (!last || Date.now() - last.at > FRESH_MS) last = { at: Date.now(), fault: tlsFault(getEnv()).catch(() => null) };
  return last.fault;
}
