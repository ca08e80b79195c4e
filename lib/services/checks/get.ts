import { and, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { checkRequests } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import type { CheckRequest } from "@/lib/schemas/check";
import { type Actor, requireProject } from "@/lib/services/access";

/** Returns how far requested checks are. */
export async function getChecks(actor: Actor, input: { id: string }): Promise<CheckRequest> {
  const [row] = await getDb()
    .select()
    .from(checkRequests)
    .where(and(eq(checkRequests.id, input.id), eq(checkRequests.organizationId, actor.organizationId)));
  if (!row) throw notFound("check");
  requireProject(actor, row.projectId);
  const { id, exportId, kind, state, windows, done, error } = row;
  return {
    ...{ id, exportId, kind, state, windows, done, error },
    from: row.rangeStart.toISOString(),
    to: row.rangeEnd.toISOString(),
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
