import { and, eq, isNull } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import type { ConnectionRow } from "@/lib/db/rows";
import { connections } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import { type Actor, requireProject } from "@/lib/services/access";

/** Loads a connection that the actor may see. `lock` locks its row until the transaction ends. */
export async function loadConnection(
  actor: Actor,
  id: string,
  { tx = getDb(), lock = false }: { tx?: Tx; lock?: boolean } = {},
): Promise<ConnectionRow> {
  const query = tx
    .select()
    .from(connections)
    .where(
      and(eq(connections.id, id), eq(connections.organizationId, actor.organizationId), isNull(connections.deletedAt)),
    );
  const [row] = lock ? await query.for("update") : await query;
  if (!row) throw notFound("connection");
  requireProject(actor, row.projectId);
  return row;
}
