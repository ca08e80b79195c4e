import type { Export } from "@/lib/schemas/export";

/** Why a connection keeps the schedules of its exports from running; null when it doesn't. */
export function blockedBy(connection: { verifiedAt: Date | null; automatic: boolean }): Export["blockedBy"] {
  if (connection.verifiedAt === null) return "connection_unverified";
  return connection.automatic ? null : "connection_off";
}
