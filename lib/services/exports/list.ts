import { and, desc, eq, isNull } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { exports } from "@/lib/db/schema";
import type { List } from "@/lib/fields/common";
import type { Export } from "@/lib/schemas/export";
import { type Actor, loadProject } from "@/lib/services/access";
import { afterCreated, page } from "@/lib/services/paging";
import { describeExports } from "./describe";

interface Input {
  projectId: string;
  limit: number;
  cursor?: string | undefined;
}

/** Lists a project's exports, newest first. */
export async function listExports(actor: Actor, input: Input): Promise<List<Export>> {
  await loadProject(actor, input.projectId);
  const rows = await getDb()
    .select()
    .from(exports)
    .where(
      and(
        eq(exports.organizationId, actor.organizationId),
        eq(exports.projectId, input.projectId),
        isNull(exports.deletedAt),
        afterCreated(exports.createdAt, exports.id, input.cursor),
      ),
    )
    .orderBy(desc(exports.createdAt), desc(exports.id))
    .limit(input.limit + 1);
  const { items, nextCursor } = page(
    rows,
    input.limit,
    (row) => row,
    (row) => [row.createdAt, row.id],
  );
  return { items: await describeExports(items), nextCursor };
}
