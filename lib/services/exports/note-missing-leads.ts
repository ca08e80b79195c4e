import { and, eq, isNull } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import { connections, exports, projects } from "@/lib/db/schema";
import { placeIn } from "./key-place";
import { noteLeads } from "./note-leads";

/** Exports of one transaction. */
const BATCH = 500;

const isMissing = and(eq(exports.leadsNoted, false), isNull(exports.deletedAt));

/**
 * Notes with what the keys of exports begin that an earlier version of Penstock has saved. Until then each new export is compared with all of
 * those. Does nothing where it was done before.
 */
export async function noteMissingLeads(): Promise<void> {
  const found = await getDb().selectDistinct({ id: exports.connectionId }).from(exports).where(isMissing);
  for (const { id } of found) while (await getDb().transaction((tx) => noteSome(tx, id)));
}

/** Answers whether there may be more. */
async function noteSome(tx: Tx, connectionId: string): Promise<boolean> {
  // Its address may not change meanwhile; it is held before the exports, as everywhere.
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
