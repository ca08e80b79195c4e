import { and, desc, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { apiKeys } from "@/lib/db/schema";
import type { List } from "@/lib/fields/common";
import type { ApiKey } from "@/lib/schemas/organization";
import { type Actor, loadProject } from "@/lib/services/access";
import { afterCreated, page } from "@/lib/services/paging";
import { namesOf } from "@/lib/services/people";
import { toApiKey } from "./to-api-key";

interface Input {
  projectId: string;
  limit: number;
  cursor?: string | undefined;
}

/** Lists a project's API keys, newest first, including revoked and expired ones. */
export async function listApiKeys(actor: Actor, { projectId, limit, cursor }: Input): Promise<List<ApiKey>> {
  await loadProject(actor, projectId);
  const rows = await getDb()
    .select()
    .from(apiKeys)
    .where(
      and(
        eq(apiKeys.organizationId, actor.organizationId),
        eq(apiKeys.projectId, projectId),
        afterCreated(apiKeys.createdAt, apiKeys.id, cursor),
      ),
    )
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id))
    .limit(limit + 1);
  const names = await namesOf(rows.map((row) => row.createdBy));
  return page(
    rows,
    limit,
    (row) => toApiKey(row, names.get(row.createdBy ?? "") ?? null),
    (row) => [row.createdAt, row.id],
  );
}
