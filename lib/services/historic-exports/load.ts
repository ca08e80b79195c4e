import { and, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { HistoricExportRow } from "@/lib/db/rows";
import { historicExports } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import { type Actor, requireProject } from "@/lib/services/access";

/** Loads a historic export that the actor may see. */
export async function loadHistoricExport(actor: Actor, id: string): Promise<HistoricExportRow> {
  const [row] = await getDb()
    .select()
    .from(historicExports)
    .where(and(eq(historicExports.id, id), eq(historicExports.organizationId, actor.organizationId)));
  if (!row) throw notFound("historic export");
  requireProject(actor, row.projectId);
  return row;
}
