import { and, eq, isNull } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { exports } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import { type Actor, requireProject } from "@/lib/services/access";

/** Loads an export that is not deleted and that the actor may see. `lock` locks its row until the transaction ends. */
export async function loadExport(
  actor: Actor,
  id: string,
  { tx = getDb(), lock = false }: { tx?: Tx; lock?: boolean } = {},
): Promise<ExportRow> {
  const query = tx
    .select()
    .from(exports)
    .where(and(eq(exports.id, id), eq(exports.organizationId, actor.organizationId), isNull(exports.deletedAt)));
  const [row] = lock ? await query.for("update") : await query;
  if (!row) throw notFound("export");
  requireProject(actor, row.projectId);
  return row;
}
