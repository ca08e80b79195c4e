import type { Connection } from "@/lib/schemas/connection";
import type { ConnectionRow } from "./load";

/** A connection as the API answers it: never with its secret. */
export function toConnection(row: ConnectionRow, usedByExports: number): Connection {
  return {
    id: row.id,
    projectId: row.projectId,
    type: row.type,
    name: row.name,
    config: row.config,
    hasSecret: row.secrets !== "",
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    lastVerification: row.lastVerification,
    usedByExports,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
