import { queryRows } from "./client";

/** What the source said when it was asked for a window's rows once more. */
export interface Answered {
  rows: number;
  fingerprint: string;
  /** The server that answered, as it calls itself. */
  host: string;
  version: string;
  /** By the server's own clock, ISO-8601. */
  askedAt: string;
}

/** Asks a check query again, and who answers it. Throws an `ExportError`. */
export async function askAgain(
  { query, params }: { query: string; params: Record<string, unknown> },
  signal?: AbortSignal,
): Promise<Answered> {
  const [row] = await queryRows<{ rows: string; fingerprint: string; host: string; version: string; at: string }>(
    `SELECT rows, fingerprint, hostName() AS host, version() AS version, toUnixTimestamp64Milli(now64(3)) AS at FROM (${query})`,
    { params, signal },
  );
  const { rows = "0", fingerprint = "0", host = "", version = "", at = "0" } = row ?? {};
  return { rows: Number(rows), fingerprint, host, version, askedAt: new Date(Number(at)).toISOString() };
}
