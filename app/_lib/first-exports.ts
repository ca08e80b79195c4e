import type { KnownAnswer } from "@/app/_lib/known";
import { exportPagesQuery, PAGE } from "@/lib/client/queries";
import { type Actor, requirePermission } from "@/lib/services/access";
import { listExports } from "@/lib/services/exports";

/** The first page of a project's exports, as the list asks for it. Nothing if that fails: the page then asks itself. */
export async function firstExports(actor: Actor, projectId: string): Promise<KnownAnswer[]> {
  try {
    requirePermission(actor, "view");
    const first = await listExports(actor, { projectId, limit: PAGE.limit });
    return [[exportPagesQuery(projectId).queryKey, { pages: [first], pageParams: [null] }]];
  } catch {
    return [];
  }
}
