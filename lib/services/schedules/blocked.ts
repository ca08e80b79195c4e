import type { Export } from "@/lib/schemas/export";

export interface Gate {
  verifiedAt: Date | null;
  automatic: boolean;
}

/** Why a connection blocks its exports' schedules; null if it doesn't. */
export function blockedBy(connection: Gate): Export["blockedBy"] {
  if (connection.verifiedAt === null) return "connection_unverified";
  return connection.automatic ? null : "connection_off";
}

/** Whether an export's schedule rests: the export is paused, or its connection blocks it. */
export const isResting = ({ paused }: { paused: boolean }, connection: Gate): boolean =>
  paused || blockedBy(connection) !== null;
