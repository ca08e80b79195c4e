import { and, desc, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { historicExports } from "@/lib/db/schema";
import type { List } from "@/lib/fields/common";
import type { HistoricExport } from "@/lib/schemas/historic-export";
import type { Actor } from "@/lib/services/access";
import { loadExport } from "@/lib/services/exports";
import { afterCreated, page } from "@/lib/services/paging";
import { historicProgress } from "./progress";
import { toHistoricExport } from "./to-historic-export";

interface Input {
  exportId: string;
  limit: number;
  cursor?: string | undefined;
}

/** Lists an export's historic exports with their progress, newest first. */
export async function listHistoricExports(actor: Actor, input: Input): Promise<List<HistoricExport>> {
  await loadExport(actor, input.exportId);
  const rows = await getDb()
    .select()
    .from(historicExports)
    .where(
      and(
        eq(historicExports.organizationId, actor.organizationId),
        eq(historicExports.exportId, input.exportId),
        afterCreated(historicExports.createdAt, historicExports.id, input.cursor),
      ),
    )
    .orderBy(desc(historicExports.createdAt), desc(historicExports.id))
    .limit(input.limit + 1);
  const progress = await historicProgress(rows.map((row) => row.id));
  return page(
    rows,
    input.limit,
    (row) => toHistoricExport(row, progress.get(row.id)),
    (row) => [row.createdAt, row.id],
  );
}
