import { and, desc, eq, isNull } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { connections } from "@/lib/db/schema";
import type { List } from "@/lib/fields/common";
import type { Connection } from "@/lib/schemas/connection";
import { type Actor, loadProject } from "@/lib/services/access";
import { afterCreated, page } from "@/lib/services/paging";
import { describeConnections } from "./describe";

interface Input {
  projectId: string;
  limit: number;
  cursor?: string | undefined;
}

/** Lists a project's connections, newest first. */
export async function listConnections(actor: Actor, input: Input): Promise<List<Connection>> {
  await loadProject(actor, input.projectId);
  const rows = await getDb()
    .select()
    .from(connections)
    .where(
      and(
        eq(connections.organizationId, actor.organizationId),
        eq(connections.projectId, input.projectId),
        isNull(connections.deletedAt),
        afterCreated(connections.createdAt, connections.id, input.cursor),
      ),
    )
    .orderBy(desc(connections.createdAt), desc(connections.id))
    .limit(input.limit + 1);
  const found = page(
    rows,
    input.limit,
    (row) => row,
    (row) => [row.createdAt, row.id],
  );
  return { ...found, items: await describeConnections(found.items) };
}
