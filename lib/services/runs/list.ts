import { and, desc, eq, gte, lt, sql } from "drizzle-orm";
import { z } from "zod";
import { getDb } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";
import { cursorTimeSchema, idSchema, type List } from "@/lib/fields/common";
import type { ListRunsQuery, Run } from "@/lib/schemas/run";
import type { Actor } from "@/lib/services/access";
import { loadExport } from "@/lib/services/exports";
import { decodeCursor, exactTime, page } from "@/lib/services/paging";
import { runColumns } from "./columns";
import { beside } from "./load";
import { toRun } from "./to-run";

const keySchema = z.tuple([cursorTimeSchema, cursorTimeSchema, idSchema]);

/** Lists an export's runs, newest window first, then newest run. `from` and `to` bound the window's start. */
export async function listRuns(actor: Actor, input: ListRunsQuery & { exportId: string }): Promise<List<Run>> {
  await loadExport(actor, input.exportId);
  const rows = await getDb()
    .select({ ...runColumns, ...beside })
    .from(runs)
    .where(
      and(
        eq(runs.organizationId, actor.organizationId),
        eq(runs.exportId, input.exportId),
        input.state === undefined ? undefined : eq(runs.state, input.state),
        input.historicExportId === undefined ? undefined : eq(runs.historicExportId, input.historicExportId),
        input.from === undefined ? undefined : gte(runs.intervalStart, new Date(input.from)),
        input.to === undefined ? undefined : lt(runs.intervalStart, new Date(input.to)),
        after(input.cursor),
      ),
    )
    .orderBy(desc(runs.intervalStart), desc(runs.createdAt), desc(runs.id))
    .limit(input.limit + 1);
  return page(
    rows,
    input.limit,
    (row) => toRun(row, row),
    (row) => [row.intervalStart, row.createdAt, row.id],
  );
}

function after(cursor: string | undefined) {
  if (cursor === undefined) return undefined;
  const [start, created, id] = decodeCursor(keySchema, cursor);
  return sql`(${runs.intervalStart}, ${runs.createdAt}, ${runs.id})
    < (${start.toISOString()}::timestamptz, ${exactTime(runs.createdAt, runs.id, [created, id])}, ${id}::uuid)`;
}
