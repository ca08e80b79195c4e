import { queryRows, type Source } from "./client";

/** The source's response to a repeated check query. */
export interface Answered {
  rows: number;
  fingerprint: string;
  /** Host name of the server that answered. */
  host: string;
  version: string;
  /** From the server's clock, ISO 8601. */
  askedAt: string;
}

/** Repeats a check query, and records which server answers. Throws an `ExportError`. */
export async function askAgain(
  source: Source,
  { query, params }: { query: string; params: Record<string, unknown> },
  signal?: AbortSignal,
): Promise<Answered> {
  const [row] = await queryRows<{ rows: string; fingerprint: string; host: string; version: string; at: string }>(
    source,
    `SELECT rows, fingerprint, hostName() AS host, version() AS version, toUnixTimestamp64Milli(now64(3)) AS at FROM (${query})`,
    { params, signal },
  );
  const { rows = "0", fingerprint = "0", host = "", version = "", at = "0" } = row ?? {};
  return { rows: Number(rows), fingerprint, host, version, askedAt: new Date(Number(at)).toISOString() };
}
