import { and, asc, gt } from "drizzle-orm";
import { z } from "zod";
import { getDb } from "@/lib/db/client";
import { runLogs } from "@/lib/db/schema";
import type { List } from "@/lib/fields/common";
import type { LogsQuery, RunLog } from "@/lib/schemas/run";
import type { Actor } from "@/lib/services/access";
import { decodeCursor, page } from "@/lib/services/paging";
import { loadRun } from "./load";
import { logLines } from "./log-filter";
import { toRunLog } from "./to-run";

const keySchema = z.tuple([z.number().int()]);

/** Lists a run's filtered log, oldest line first, starting after line `after` or the cursor. */
export async function listRunLogs(actor: Actor, input: LogsQuery & { id: string }): Promise<List<RunLog>> {
  const run = await loadRun(actor, input.id);
  const last = input.cursor === undefined ? (input.after ?? 0) : decodeCursor(keySchema, input.cursor)[0];
  const rows = await getDb()
    .select()
    .from(runLogs)
    .where(and(logLines(actor, run, input), gt(runLogs.id, last)))
    .orderBy(asc(runLogs.id))
    .limit(input.limit + 1);
  return page(rows, input.limit, toRunLog, (row) => [row.id]);
}
