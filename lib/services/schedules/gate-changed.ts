import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { ConnectionRow } from "@/lib/db/rows";
import { exports } from "@/lib/db/schema";
import { noteRests } from "./rests";

/** The next version, for Temporal's schedule to follow. */
export const nextVersion = sql`${exports.scheduleVersion} + 1`;

/**
 * Records that a connection started or stopped blocking its exports. Lock the connection first. Returns the exports
 * whose schedules to apply after the commit.
 */
export async function gateChanged(
  tx: Tx,
  { id, organizationId }: Pick<ConnectionRow, "id" | "organizationId">,
): Promise<string[]> {
  const rows = await tx
    .update(exports)
    .set({ scheduleVersion: nextVersion })
    .where(and(eq(exports.connectionId, id), eq(exports.organizationId, organizationId), isNull(exports.deletedAt)))
    .returning({ id: exports.id });
  const ids = rows.map((row) => row.id);
  await noteRests(tx, ids);
  return ids;
}
