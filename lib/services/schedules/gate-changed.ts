import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { ConnectionRow } from "@/lib/db/rows";
import { exports } from "@/lib/db/schema";
import { noteRests } from "./rests";

/** One more version, for Temporal's schedule to follow. */
export const nextVersion = sql`${exports.scheduleVersion} + 1`;

/**
 * Notes that a connection begins or ceases to keep its exports from running; hold the connection. Answers with the exports
 * whose schedules are to be applied after the commit.
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
