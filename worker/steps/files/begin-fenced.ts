import { and, eq, isNull, lte, not, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { monthOf } from "@/lib/db/month";
import type { RunFileRow } from "@/lib/db/rows";
import { runFiles } from "@/lib/db/schema";
import { insertFileLines } from "@/lib/services/ledger";
import { isForeign, isRunning } from "../fence";
import type { LoadedRun } from "../load";
import { beginsLine } from "../plan/save-plan";
import type { Try } from "./send-file";

/**
 * Begins files whose bytes are at hand and checks the fence in the same statement. Takes only untried files that may be
 * stored and returns their indexes. The rest stay as they are, for `beginFiles` and `fenceFiles`.
 */
export async function beginFenced(
  db: Db,
  loaded: LoadedRun,
  files: readonly RunFileRow[],
  { attempt }: Pick<Try, "attempt">,
): Promise<ReadonlySet<number>> {
  const { run } = loaded;
  const planVersion = files[0]?.planVersion ?? run.planVersion;
  const wanted = JSON.stringify(files.map(({ index, key }) => ({ index, key })));
  const beginning = db
    .update(runFiles)
    .set({ state: "Running", attempt, startedAt: sql`now()`, sentAt: sql`now()` })
    .from(sql`jsonb_to_recordset(${wanted}::jsonb) as wanted("index" integer, key text)`)
    .where(
      and(
        ...[eq(runFiles.runId, run.id), eq(runFiles.month, monthOf(run)), eq(runFiles.planVersion, planVersion)],
        sql`${runFiles.index} = wanted."index" and ${runFiles.key} = wanted.key`,
        ...[eq(runFiles.state, "Pending"), lte(runFiles.attempt, attempt), isNull(runFiles.sentAt)],
        ...[isRunning(run.id, planVersion), not(isForeign(loaded))],
      ),
    )
    .returning({ index: runFiles.index });
  const lines = files.map((file) => ({ ...beginsLine(file), attempt, index: file.index }));
  const { rows } = await db.execute<{ index: number }>(sql`
    with begun as ${beginning}, lines as (${insertFileLines(run, lines, sql`begun`)}) select "index" from begun`);
  return new Set(rows.map(({ index }) => index));
}
