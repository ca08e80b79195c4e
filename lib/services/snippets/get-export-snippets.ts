import { eq, min } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";
import type { Snippets } from "@/lib/schemas/snippet";
import { type Actor, loadProject } from "@/lib/services/access";
import { loadConnection } from "@/lib/services/connections";
import { loadExport } from "@/lib/services/exports";
import { toolsFor } from "./tools-for";

/** How tools read everything that an export has written with its current settings. */
export async function getExportSnippets(actor: Actor, input: { id: string }): Promise<Snippets> {
  const exported = await loadExport(actor, input.id);
  const { sourceProjectId } = await loadProject(actor, exported.projectId);
  const { config } = await loadConnection(actor, exported.connectionId);
  const since = await firstWindow(exported.id);
  const exportId = exported.id;
  return { tools: toolsFor({ spec: exported, config, sourceProjectId, exportId, since: since ?? exported.createdAt }) };
}

/** The start of an export's first window, also of one that a historic export went back to. */
async function firstWindow(exportId: string): Promise<Date | null> {
  const [found] = await getDb()
    .select({ start: min(runs.intervalStart) })
    .from(runs)
    .where(eq(runs.exportId, exportId));
  return found?.start ?? null;
}
