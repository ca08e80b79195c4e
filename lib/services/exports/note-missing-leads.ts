import { and, eq, isNull } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/client";
import { connections, exports, projects } from "@/lib/db/schema";
import { placeIn } from "./key-place";
import { noteLeads } from "./note-leads";

/** Exports per transaction. */
const BATCH = 500;

const isMissing = and(eq(exports.leadsNoted, false), isNull(exports.deletedAt));

/**
 * Stores the leads of exports that an earlier version of Penstock saved. Until then, every new export is compared with
 * all of them. Idempotent.
 */
export async function noteMissingLeads(db: Db): Promise<void> {
  const found = await db.selectDistinct({ id: exports.connectionId }).from(exports).where(isMissing);
  for (const { id } of found) while (await db.transaction((tx) => noteSome(tx, id)));
}

/** Returns whether there may be more. */
async function noteSome(tx: Tx, connectionId: string): Promise<boolean> {
  // Locked so that its address can't change, and before the exports, as everywhere.
  const [connection] = await tx.select().from(connections).where(eq(connections.id, connectionId)).for("share");
  const rows = await tx
    .select({
      id: exports.id,
      model: exports.model,
      destination: exports.destination,
      sourceProjectId: projects.sourceProjectId,
    })
    .from(exports)
    .innerJoin(projects, eq(projects.id, exports.projectId))
    .where(and(eq(exports.connectionId, connectionId), isMissing))
    .limit(BATCH)
    .for("update", { of: exports });
  await noteLeads(tx, new Map(rows.map((row) => [row.id, placeIn({ ...row, config: connection!.config })])));
  return rows.length === BATCH;
}
