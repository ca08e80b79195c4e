import type { Export } from "@/lib/schemas/export";

export interface Gate {
  verifiedAt: Date | null;
  automatic: boolean;
}

/** Why a connection keeps the schedules of its exports from running; null when it doesn't. */
export function blockedBy(connection: Gate): Export["blockedBy"] {
  if (connection.verifiedAt === null) return "connection_unverified";
  return connection.automatic ? null : "connection_off";
}

/** Whether an export's schedule rests: it is paused itself, or its connection keeps it from running. */
export const isResting = ({ paused }: { paused: boolean }, connection: Gate): boolean =>
  paused || blockedBy(connection) !== null;
