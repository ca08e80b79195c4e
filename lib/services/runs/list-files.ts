import { and, asc, eq, gt } from "drizzle-orm";
import { z } from "zod";
import { getDb } from "@/lib/db/client";
import { monthOf } from "@/lib/db/month";
import { runFiles } from "@/lib/db/schema";
import type { List } from "@/lib/fields/common";
import type { RunFile } from "@/lib/schemas/run";
import type { Actor } from "@/lib/services/access";
import { decodeCursor, page } from "@/lib/services/paging";
import { archiveOf, removed } from "./archive";
import { loadRun } from "./load";
import { toRunFile } from "./to-run";

const keySchema = z.tuple([z.int32()]);

interface Input {
  id: string;
  limit: number;
  cursor?: string | undefined;
}

/** Lists a run's files in plan order. Throws a 410 `removed` once retention has removed them. */
export async function listRunFiles(actor: Actor, input: Input): Promise<List<RunFile>> {
  const run = await loadRun(actor, input.id);
  const last = input.cursor === undefined ? -1 : decodeCursor(keySchema, input.cursor)[0];
  const rows = await getDb()
    .select()
    .from(runFiles)
    .where(
      and(
        eq(runFiles.organizationId, actor.organizationId),
        eq(runFiles.runId, run.id),
        eq(runFiles.month, monthOf(run)),
        gt(runFiles.index, last),
      ),
    )
    .orderBy(asc(runFiles.index))
    .limit(input.limit + 1);
  if (rows.length === 0 && (await archiveOf(run.id))?.files) throw removed("The list of this run's files");
  return page(rows, input.limit, toRunFile, (row) => [row.index]);
}
