import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { connections, exports } from "@/lib/db/schema";
import { conflict } from "@/lib/errors";
import type { ConnectionConfig } from "@/lib/schemas/connection";
import { addressOf } from "@/lib/services/connections/address-of";
import type { ExportRow } from "./load";
import { sameKeys } from "./same-keys";

export type KeyedExport = Pick<ExportRow, "organizationId" | "projectId" | "model" | "destination" | "schedule"> & {
  id?: string;
};

/** Refuses an export that would write the very keys of another one: each would overwrite the other's files. */
export async function checkKeys(tx: Tx, row: KeyedExport, connection: { config: ConnectionConfig }): Promise<void> {
  const place = JSON.stringify(addressOf(row.destination.type, connection.config));
  // Two that are saved at once take turns, or neither would see the other.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${place}, 0))`);
  const others = await tx
    .select({ spec: exports, config: connections.config })
    .from(exports)
    .innerJoin(connections, eq(connections.id, exports.connectionId))
    .where(
      and(
        eq(exports.organizationId, row.organizationId),
        eq(connections.type, row.destination.type),
        isNull(exports.deletedAt),
      ),
    );
  const mine = { ...row, connection: connection.config };
  const taken = others.find(
    ({ spec, config }) => spec.id !== row.id && sameKeys(mine, { ...spec, connection: config }),
  );
  if (!taken) return;
  const { id, name } = taken.spec;
  throw conflict(
    "prefix_taken",
    `“${name}” writes the same files into this bucket, so each would overwrite the other's: choose another prefix.`,
    [{ path: `exports.${id}`, message: name }],
  );
}
