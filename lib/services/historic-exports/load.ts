import { and, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { HistoricExportRow } from "@/lib/db/rows";
import { historicExports } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import { type Actor, requireProject } from "@/lib/services/access";

/** The historic export, if the actor may see it. */
export async function loadHistoricExport(actor: Actor, id: string): Promise<HistoricExportRow> {
  const [row] = await getDb()
    .select()
    .from(historicExports)
    .where(and(eq(historicExports.id, id), eq(historicExports.organizationId, actor.organizationId)));
  if (!row) throw notFound("historic export");
  requireProject(actor, row.projectId);
  return row;
}
